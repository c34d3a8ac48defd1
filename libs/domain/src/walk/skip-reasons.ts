import type { StepRecord } from '#libs/contracts';

/** Reasons of skipped steps that others decide by. Data: they stand in journals. */
export const NOBODY_SET_UP = 'no vendor is set up for this step';
const BUDGET = 'budget: ';

/** The reason of a step that nobody may be asked for any more: `whose` budget is used up. */
export function budgetReason(whose: string): string {
  return `${BUDGET}${whose} is used up`;
}

/** True for a step that was left out because nobody is there to ask: it tells nothing about the company. */
export function isNotSetUp({ status, reason }: StepRecord): boolean {
  return status === 'skipped' && reason === NOBODY_SET_UP;
}

/** True for a step that was left out for lack of money. */
export function isSkippedForBudget({ status, reason }: StepRecord): boolean {
  return status === 'skipped' && reason?.startsWith(BUDGET) === true;
}

/** The reason of a vendor, or a step, that was passed over since its cap stayed taken. */
export const WAITED_TOO_LONG = 'waited too long for its cap';

/** True for a step that was left out since its cap stayed taken. */
export function isSkippedForWait({ status, reason }: StepRecord): boolean {
  return status === 'skipped' && reason === WAITED_TOO_LONG;
}
