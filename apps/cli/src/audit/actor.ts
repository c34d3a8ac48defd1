import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { appError } from '#libs/contracts';

/** A name, not an address: the log keeps no personal data. */
const NAME = /^[\w.-]{1,64}$/;

/** What may be typed to say who acts. */
export interface ActorOptions {
  actor?: string;
}

export function addActor(command: Command): Command {
  return command.option('--actor <name>', 'who does it, for the audit log; not given: your user name');
}

/** Whoever acts, as the audit log names them. Throws `usage` naming the flag. */
export function actorOf({ actor }: ActorOptions): string {
  if (actor === undefined) return `cli:${userName()}`;
  if (NAME.test(actor)) return `cli:${actor}`;
  throw appError('usage', '--actor: 1–64 letters, digits, ".", "-" or "_", e.g. nightly-cron');
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container's user may have a number only.
    return String(process.getuid?.() ?? 'unknown');
  }
}
