import { appError } from '#libs/contracts';
import { isOpsPasswordHash } from './ops-password';

/** `viewer` looks; `operator` also changes what may be changed. */
export const OPS_ROLES = ['viewer', 'operator'] as const;
export type OpsRole = (typeof OPS_ROLES)[number];

/** Somebody who runs the cell. No tenant: what they see and do concerns all of them. */
export interface OpsUser {
  readonly name: string;
  readonly role: OpsRole;
  readonly passwordHash: string;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/;

/**
 * Reads `name:role:hash`, apart by commas or on lines of their own; empty ones and those that begin with `#` are passed over.
 * Throws `config_invalid` naming every entry to correct by its place, never its text.
 */
export function parseOpsUsers(text: string): readonly OpsUser[] {
  const entries = text
    .split(/[\n,]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '' && !entry.startsWith('#'));
  const problems: string[] = [];
  const users = entries.flatMap((entry, i) => {
    const read = readEntry(entry);
    if (typeof read !== 'string') return [read];
    problems.push(`entry ${i + 1}: ${read}`);
    return [];
  });
  const names = users.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) problems.push(`${twice} is there twice`);
  if (problems.length > 0) {
    throw appError('config_invalid', `LEADGEN_OPS_USERS, to correct:\n  ${problems.join('\n  ')}`);
  }
  return users;
}

/** `name:role:hash` of one user. */
export function opsUserEntry({ name, role, passwordHash }: OpsUser): string {
  return [name, role, passwordHash].join(':');
}

export function isOpsUserName(text: string): boolean {
  return NAME.test(text);
}

export function isOpsRole(text: string): text is OpsRole {
  return OPS_ROLES.some((role) => role === text);
}

function readEntry(entry: string): OpsUser | string {
  const [name = '', role = '', passwordHash, ...more] = entry.split(':');
  if (passwordHash === undefined || more.length > 0 || !isOpsUserName(name)) return 'must be name:role:hash';
  if (!isOpsRole(role)) return `the role of ${name} must be one of ${OPS_ROLES.join(', ')}`;
  if (!isOpsPasswordHash(passwordHash)) {
    return `the hash of ${name} is none: leadgen ops hash-password makes one`;
  }
  return { name, role, passwordHash };
}
