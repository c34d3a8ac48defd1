import { fail, ok, warn, type Finding } from './check';
import { brokenLines } from './crontab-lines';

const SETTING = /^\s*([A-Z_][A-Z0-9_]*)\s*=/;
/** Settings of the example that no crontab can do without. */
const NEEDED = ['PATH', 'MAILTO', 'LEADGEN_DATA_DIR'];
const FLAGS = ['--schedule', '--slot', '--overlap'];
const RUN = 'run-orchestrator';

/** Crontabs of the system name the user of each line. */
const OF_SYSTEM = /^\/etc\/(crontab$|cron\.d\/)/;

/** An installed crontab against scripts/cron.example: does it start runs, does cron come to that, and with the guards that the example has? */
export function judgeCrontab(installed: string, example: string, where: string): Finding {
  const lines = linesOf(installed);
  const jobs = lines.filter((line) => line.includes(RUN) && !SETTING.test(line));
  const advice = 'compare it with scripts/cron.example (docs/cron.md)';
  if (jobs.length === 0) return fail(`${where} has no line with ${RUN}`, advice);
  const broken = brokenLines(jobs, { ofSystem: OF_SYSTEM.test(where) });
  if (broken.length > 0) return fail(`${where}: ${broken.join('; ')}`, advice);
  const set = new Set(lines.flatMap((line) => SETTING.exec(line)?.[1] ?? []));
  const missing = NEEDED.filter((name) => settingsOf(example).has(name) && !set.has(name));
  const unguarded = FLAGS.filter((flag) => example.includes(flag) && jobs.some((job) => !job.includes(flag)));
  const lacks = [...missing, ...unguarded];
  if (lacks.length === 0) return ok(`${where}: ${jobs.length} line(s) with ${RUN}, as in the example`);
  return warn(`${where} lacks what the example has: ${lacks.join(', ')}`, advice);
}

function settingsOf(text: string): Set<string> {
  return new Set(linesOf(text).flatMap((line) => SETTING.exec(line)?.[1] ?? []));
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
}
