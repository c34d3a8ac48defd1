// `npm run check`: everything CI runs, fast first. Arguments: tiers to run (default: all), --full for the long rounds.
// The last line is `N passed, N failed`, counting tests and static checks; the exit code is 0 only if none failed.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { endLeftovers } from './check/leftover-processes.mjs';
import { duration, printSummary } from './check/report.mjs';
import { endRunningCommands } from './check/run-command.mjs';
import { OVERALL_MS, TIERS } from './check/tiers.mjs';

const OLDEST_NODE = [24, 15];
/** The long rounds (more seeds, benchmarks) take hours. */
const FULL_FACTOR = 8;

/** Marks every process this check starts, so that one left behind is found. */
const checkId = randomUUID();
const root = join(import.meta.dirname, '..');

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  console.error(
    `Node ${process.versions.node} is too old: run this as \`npm run check\` after \`npm install\`, ` +
      `which brings Node 24 on Linux; elsewhere install Node ${OLDEST_NODE.join('.')} or later.`,
  );
  process.exit(78);
}

function parseArguments(names) {
  const full = names.includes('--full');
  const wanted = names.filter((name) => name !== '--full');
  const unknown = wanted.filter((name) => !TIERS.some((tier) => tier.name === name));
  if (unknown.length > 0) {
    console.error(`no tier ${unknown.join(', ')}: choose from ${TIERS.map(({ name }) => name).join(', ')}`);
    process.exit(2);
  }
  const tiers = TIERS.filter(({ name, fullOnly }) =>
    wanted.length > 0 ? wanted.includes(name) : full || !fullOnly,
  );
  return { full, tiers };
}

/** Runs one tier within twice its budget and the time left for everything; never throws for a failing check. */
async function runTier(tier, { env, deadline, full }) {
  const budgetMs = budgetOf(tier, full);
  const started = performance.now();
  const timeLeft = () => Math.min(2 * budgetMs - (performance.now() - started), deadline - performance.now());
  console.log(`\n── ${tier.name} (budget ${duration(budgetMs)})`);
  const result = {
    name: tier.name,
    budgetMs,
    passed: 0,
    failed: 0,
    failures: [],
    ...(await tier.run({ root, env, timeLeft })),
  };
  for (const left of await endLeftovers(checkId)) {
    result.failed += 1;
    result.failures.push({ what: 'left a process running, now ended', why: left });
    console.log(`✗ ${tier.name} left a process running, now ended: ${left}`);
  }
  result.tookMs = performance.now() - started;
  return result;
}

/** That of a tier without a short round is meant for the long one as it is. */
function budgetOf({ budgetMs, fullOnly }, full) {
  return full && !fullOnly ? budgetMs * FULL_FACTOR : budgetMs;
}

function notRun(tier, full, why) {
  console.log(`\n── ${tier.name}\n✗ not run: ${why}`);
  const failures = [{ what: 'not run', why }];
  return { name: tier.name, budgetMs: budgetOf(tier, full), passed: 0, failed: 1, failures, tookMs: 0 };
}

async function main() {
  checkNode();
  const { full, tiers } = parseArguments(process.argv.slice(2));
  mkdirSync(join(root, '.cache/check'), { recursive: true });
  const env = {
    ...process.env,
    PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
    LEADGEN_CHECK_ID: checkId,
    ...(full ? { LEADGEN_FULL: '1' } : {}),
  };
  const deadline = performance.now() + OVERALL_MS * (full ? FULL_FACTOR : 1);
  const results = [];
  let built = true;
  for (const tier of tiers) {
    if (tier.needsBuild && !built) results.push(notRun(tier, full, 'the build failed'));
    else if (performance.now() >= deadline) results.push(notRun(tier, full, 'no time left'));
    else results.push(await runTier(tier, { env, deadline, full }));
    if (tier.name === 'build') built = results.at(-1).failed === 0;
  }
  return printSummary(results);
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.once(signal, () => {
    endRunningCommands();
    void endLeftovers(checkId, 0).finally(() => process.exit(code));
  });
}

process.exitCode = await main();
