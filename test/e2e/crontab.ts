import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The example as cron reads it: what it exports, and the commands with their five fields. */
export interface Crontab {
  env: Readonly<Record<string, string>>;
  entries: { when: string; command: string }[];
}

const ASSIGNMENT = /^([A-Z_]+)\s*=\s*(.*)$/;
const ENTRY = /^((?:\S+\s+){4}\S+)\s+(.+)$/;

export function readCrontab(path = join(__dirname, '../../scripts/cron.example')): Crontab {
  const env: Record<string, string> = {};
  const entries: Crontab['entries'] = [];
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [, name, value] = ASSIGNMENT.exec(line) ?? [];
    if (name !== undefined && value !== undefined) {
      // Quotes around the whole are cron's own; nothing else is expanded.
      env[name] = value.replace(/^(['"])(.*)\1$/, '$2');
      continue;
    }
    const [, when, command] = ENTRY.exec(line) ?? [];
    if (when === undefined || command === undefined) throw new Error(`cron would not read: ${line}`);
    // For cron it ends the command, and the rest is its input.
    if (/(?<!\\)%/.test(command)) throw new Error(`cron would cut at %: ${line}`);
    entries.push({ when, command });
  }
  return { env, entries };
}

export interface CronEnded {
  exitCode: number;
  /** What cron would mail. */
  mail: string[];
}

/** Runs a line as cron does: by sh, from the user's home, with nothing in the environment but what the table exports. */
export async function runCronLine(
  command: string,
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<CronEnded> {
  const assignments = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const words = [
    '-i',
    'PATH=/usr/bin:/bin',
    'SHELL=/bin/sh',
    `HOME=${cwd}`,
    'LOGNAME=leadgen',
    ...assignments,
  ];
  const child = spawn('/usr/bin/env', [...words, '/bin/sh', '-c', command], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (output += piece.toString()));
  const [exitCode] = (await once(child, 'close')) as [number];
  return { exitCode, mail: output.split('\n').filter((line) => line !== '') };
}
