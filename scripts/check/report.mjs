/** `75_400` → `1 min 15 s`, `4_200` → `4.2 s`. */
export function duration(ms) {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** Prints one line per tier and, last, `N passed, N failed`; answers the exit code. */
export function printSummary(results) {
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
