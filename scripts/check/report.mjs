import { stripVTControlCharacters } from 'node:util';

/** So much is said again of each failure; the rest stands where it happened. */
const LINES_MAX = 10;
const LINE_LENGTH_MAX = 200;
/** Where more than so many failed they have one cause. */
const LISTED_MAX = 60;

/** `75_400` → `1 min 15 s`, `4_200` → `4.2 s`. */
export function duration(ms) {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** The last lines of what a command wrote. */
export function endOf(output) {
  return output.trimEnd().split('\n').slice(-LINES_MAX).join('\n');
}

/**
 * Prints what failed, one line per tier and, last, `N passed, N failed`; answers the exit code. All of it stands at the
 * end, for a log that was cut in the middle must still say it.
 */
export function printSummary(results) {
  printFailures(results);
  console.log('\ntier           passed  failed  took         budget');
  for (const { name, passed, failed, tookMs, budgetMs } of results) {
    const over = tookMs > budgetMs ? '  over budget' : '';
    console.log(
      `${name.padEnd(13)} ${String(passed).padStart(7)} ${String(failed).padStart(7)}  ` +
        `${duration(tookMs).padEnd(12)} ${duration(budgetMs)}${over}`,
    );
  }
  const sum = (what) => results.reduce((total, result) => total + result[what], 0);
  const [passed, failed] = [sum('passed'), sum('failed')];
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

/** Each with its tier, its name and the first lines of what it said. */
function printFailures(results) {
  const all = results.flatMap(({ name, failures }) =>
    failures.map((failure) => ({ tier: name, ...failure })),
  );
  if (all.length === 0) return;
  console.log('\nwhat failed:');
  for (const { tier, what, why } of all.slice(0, LISTED_MAX)) {
    console.log(`\n✗ ${tier}: ${what}`);
    for (const line of firstLines(why)) console.log(`    ${line}`);
  }
  if (all.length > LISTED_MAX) console.log(`\n… and ${all.length - LISTED_MAX} more`);
}

function firstLines(text) {
  const lines = stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .filter((line) => !/^\s+at .*\/node_modules\//.test(line));
  const first = lines
    .slice(0, LINES_MAX)
    .map((line) => (line.length > LINE_LENGTH_MAX ? `${line.slice(0, LINE_LENGTH_MAX)}…` : line));
  return lines.length > LINES_MAX ? [...first, '…'] : first;
}
