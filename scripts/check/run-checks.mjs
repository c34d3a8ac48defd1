import { duration } from './report.mjs';
import { runCommand } from './run-command.mjs';

const AT_ONCE = 2;

/** Runs `{ name, command }` checks, two at a time, and prints the output of those that fail. */
export async function runChecks(checks, { root, env, timeLeft }) {
  const waiting = [...checks];
  const result = { passed: 0, failed: 0 };
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { code, timedOut, output, tookMs } = await runCommand(check.command, {
        cwd: root,
        env,
        timeoutMs: timeLeft(),
      });
      const ok = code === 0 && !timedOut;
      result[ok ? 'passed' : 'failed'] += 1;
      console.log(`${ok ? '✓' : '✗'} ${check.name} (${duration(tookMs)}${timedOut ? ', out of time' : ''})`);
      if (!ok) console.log(`  $ ${check.command.slice(0, 8).join(' ')}\n${output.trimEnd()}\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return result;
}
