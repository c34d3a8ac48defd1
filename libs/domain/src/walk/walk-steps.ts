import type { Operation } from '#libs/contracts';

/**
 * A step's name. Data: it is a field of the company's journal and part of call ids, so it never changes value.
 * `find_email_<n>` looks up the address of the n-th best named contact without one; `email_<n>` verifies the n-th distinct
 * address among the contacts.
 */
export type WalkStep =
  | 'website'
  | 'firmographics'
  | 'profile'
  | 'contacts'
  | `find_email_${number}`
  | `email_${number}`
  | 'signals';

/** Steps asked once per company, with their operation, in the walk's order; the addresses come before `signals`. */
const SINGLE_STEPS = {
  website: { op: 'crawl_website', position: 0 },
  firmographics: { op: 'enrich_company', position: 1 },
  profile: { op: 'read_profile', position: 2 },
  contacts: { op: 'find_contacts', position: 3 },
  signals: { op: 'find_signals', position: 3_000 },
} as const satisfies Record<string, { op: Operation; position: number }>;

const NUMBERED = /^(find_email|email)_(\d{1,3})$/;

/** The lookup of the `n`-th address, counted from 1. */
export function findEmailStep(n: number): WalkStep {
  return `find_email_${n}`;
}

/** The verification of the `n`-th address, counted from 1. */
export function emailStep(n: number): WalkStep {
  return `email_${n}`;
}

/** Where a step stands in the walk's fixed order. The journal returns steps by name, and `email_10` sorts before `email_2`. */
export function stepPosition(step: string): number {
  if (isSingle(step)) return SINGLE_STEPS[step].position;
  const [, kind, n] = NUMBERED.exec(step) ?? [];
  if (kind === undefined) return Number.MAX_SAFE_INTEGER;
  return (kind === 'find_email' ? 1_000 : 2_000) + Number(n);
}

/** The operation of a step; `undefined` for a name that no version of this walk has written. */
export function stepOperation(step: string): Operation | undefined {
  if (isSingle(step)) return SINGLE_STEPS[step].op;
  const kind = NUMBERED.exec(step)?.[1];
  return kind === undefined ? undefined : kind === 'email' ? 'verify_email' : 'find_email';
}

function isSingle(step: string): step is keyof typeof SINGLE_STEPS {
  return Object.hasOwn(SINGLE_STEPS, step);
}
