import { checkRule } from '#libs/schedules';
import { toError } from '#libs/kernel';

/** A line that starts runs, as cron reads it. */
interface CronLine {
  times: string;
  /** Of a system's crontab only. */
  user: string | undefined;
  command: string;
}

const MACRO = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/;
const USER = /^[a-z_][a-z0-9_-]*$/;
/** In a command, cron takes it for the end of a line. */
const LOOSE_PERCENT = /(^|[^\\])%/;

/** What is wrong with lines that start runs, beside their flags; none: cron does what they say. */
export function brokenLines(jobs: readonly string[], { ofSystem }: { ofSystem: boolean }): string[] {
  const lines = jobs.map((job) => cronLine(job, ofSystem));
  return [
    ...lines.flatMap((line) => [...badTimes(line), ...badUser(line, ofSystem), ...badCommand(line)]),
    ...twice(lines),
  ];
}

function cronLine(job: string, ofSystem: boolean): CronLine {
  const words = job.trim().split(/\s+/);
  const fields = words[0]?.startsWith('@') === true ? 1 : 5;
  const [user, ...rest] = words.slice(fields);
  const command = ofSystem ? rest : words.slice(fields);
  return {
    times: words.slice(0, fields).join(' '),
    user: ofSystem ? user : undefined,
    command: command.join(' '),
  };
}

function badTimes({ times }: CronLine): string[] {
  if (MACRO.test(times)) return [];
  if (times.startsWith('@')) return [`${times} is no night: name a time`];
  try {
    checkRule({ cron: times, time_zone: 'UTC' });
    return [];
  } catch (error) {
    return [`cron never comes to ${toError(error).message}`];
  }
}

function badUser({ user, command }: CronLine, ofSystem: boolean): string[] {
  if (ofSystem) {
    return USER.test(user ?? '')
      ? []
      : [`"${user ?? ''}" stands where /etc/cron.d has the user, sixth field of a line`];
  }
  const [first = '', second = ''] = command.split(' ');
  return USER.test(first) && second.includes('/') && !PROGRAMS.has(first)
    ? [`"${first}" is taken for a program: a user’s own crontab has no field for the user`]
    : [];
}

/** What a command may begin with, before the path of something. */
const PROGRAMS = new Set([
  'sh',
  'bash',
  'env',
  'nice',
  'flock',
  'timeout',
  'exec',
  'test',
  'cd',
  'systemd-cat',
  'chronic',
  'ionice',
]);

function badCommand({ command }: CronLine): string[] {
  return LOOSE_PERCENT.test(command) ? ['a % without a backslash before it ends the command'] : [];
}

/** The second of two lines for one tenant and schedule finds the first one’s run, or is refused since it asks for another. */
function twice(lines: readonly CronLine[]): string[] {
  const names = lines.flatMap(({ command }) => {
    const tenant = /--tenant-id[= ]+([^\s-]\S*)/.exec(command)?.[1];
    const schedule = /--schedule[= ]+(\S+)/.exec(command)?.[1];
    return tenant !== undefined && schedule !== undefined ? [`schedule ${schedule} of ${tenant}`] : [];
  });
  const repeated = names.filter((name, i) => names.indexOf(name) < i);
  return [...new Set(repeated)].map((name) => `two lines are for ${name}: give each a schedule of its own`);
}
