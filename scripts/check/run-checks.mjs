import { duration, endOf } from './report.mjs';
import { runCommand } from './run-command.mjs';

const AT_ONCE = 2;

/**
 * Runs checks, two at a time, and prints the output of those that fail; answers `{ passed, failed, failures }`. A check is
 * `{ name, command, env?, alone? }`, or `{ name, problem }` where it cannot even be run. Checks that measure run `alone`,
 * and what they print is printed.
 */
export async function runChecks(checks, { root, env, timeLeft }) {
  const waiting = [...checks];
  const alone = checks.some((check) => check.alone);
  const result = { passed: 0, failed: 0, failures: [] };
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const failure = await runCheck(check, { cwd: root, env: check.env ?? env, timeoutMs: timeLeft() });
      result[failure === undefined ? 'passed' : 'failed'] += 1;
      if (failure !== undefined) result.failures.push(failure);
    }
  };
  await Promise.all(Array.from({ length: alone ? 1 : AT_ONCE }, work));
  return result;
}

/** Answers the failure, if it is one. */
async function runCheck({ name, command, problem, alone }, options) {
  if (problem !== undefined) {
    console.log(`✗ ${name}: ${problem}`);
    return { what: name, why: problem };
  }
  const { code, timedOut, output, tookMs } = await runCommand(command, options);
  const ok = code === 0 && !timedOut;
  const late = timedOut ? ', out of time' : '';
  console.log(`${ok ? '✓' : '✗'} ${name} (${duration(tookMs)}${late})`);
  if (ok && alone) console.log(`  ${output.trimEnd()}`);
  if (ok) return undefined;
  console.log(`  $ ${command.slice(0, 8).join(' ')}\n${output.trimEnd()}\n`);
  return { what: `${name}${late}`, why: endOf(output) };
}
