import { toError } from '#libs/kernel';

export const CHECK_STATUSES = ['ok', 'warn', 'fail', 'unknown'] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];

/** What one line of the deployment checklist was found to be. */
export interface Finding {
  status: CheckStatus;
  /** What was seen; of `unknown`, why it cannot be verified from here. */
  found: string;
  /** What to do about it; not of `ok`. */
  hint?: string;
}

export interface Check {
  id: string;
  look: () => Promise<Finding> | Finding;
}

export interface CheckedLine extends Finding {
  id: string;
}

export const ok = (found: string): Finding => ({ status: 'ok', found });
export const warn = (found: string, hint: string): Finding => ({ status: 'warn', found, hint });
export const fail = (found: string, hint: string): Finding => ({ status: 'fail', found, hint });
export const unknown = (why: string, hint: string): Finding => ({
  status: 'unknown',
  found: `cannot verify from here: ${why}`,
  hint,
});

/** Looks at all of them, one after the other. One that breaks is unknown: it must not hide the others. */
export async function checked(checks: readonly Check[]): Promise<CheckedLine[]> {
  const lines: CheckedLine[] = [];
  for (const { id, look } of checks) {
    const finding = await Promise.resolve()
      .then(look)
      .catch((error: unknown) => unknown(toError(error).message, 'see the message'));
    lines.push({ id, ...finding });
  }
  return lines;
}
