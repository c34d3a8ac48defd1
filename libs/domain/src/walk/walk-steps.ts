/**
 * A step's name. Data: it is a field of the company's journal and part of call ids, so it never changes value.
 * `email_<n>` verifies the n-th distinct address among the contacts.
 */
export type WalkStep = 'website' | 'contacts' | `email_${number}`;

/** The verification of the `n`-th address, counted from 1. */
export function emailStep(n: number): WalkStep {
  return `email_${n}`;
}

/** Where a step stands in the walk's fixed order. The journal returns steps by name, and `email_10` sorts before `email_2`. */
export function stepPosition(step: string): number {
  if (step === 'website') return 0;
  if (step === 'contacts') return 1;
  return 1 + Number(step.slice('email_'.length));
}
