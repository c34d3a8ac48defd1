import { duration } from './report.mjs';
import { runCommand } from './run-command.mjs';

const AT_ONCE = 2;

/**
 * Runs checks, two at a time, and prints the output of those that fail. A check is `{ name, command, env?, alone? }`, or
 * `{ name, problem }` where it cannot even be run. Checks that measure run `alone`, and what they print is printed.
 */
export async function runChecks(checks, { root, env, timeLeft }) {
  const waiting = [...checks];
  const alone = checks.some((check) => check.alone);
  const result = { passed: 0, failed: 0 };
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const ok = await runCheck(check, { cwd: root, env: check.env ?? env, timeoutMs: timeLeft() });
      result[ok ? 'passed' : 'failed'] += 1;
    }
  };
  await Promise.all(Array.from({ length: alone ? 1 : AT_ONCE }, work));
  return result;
}

async function runCheck({ name, command, problem, alone }, options) {
  if (problem !== undefined) {
    console.log(`✗ ${name}: ${problem}`);
    return false;
  }
  const { code, timedOut, output, tookMs } = await runCommand(command, options);
  const ok = code === 0 && !timedOut;
  console.log(`${ok ? '✓' : '✗'} ${name} (${duration(tookMs)}${timedOut ? ', out of time' : ''})`);
  if (ok && alone) console.log(`  ${output.trimEnd()}`);
  if (!ok) console.log(`  $ ${command.slice(0, 8).join(' ')}\n${output.trimEnd()}\n`);
  return ok;
}
