import type { Operation, StepPolicy, WalkPlan } from '#libs/contracts';
import { assertNever } from '#libs/kernel';
import type { CallOutcome } from './record-outcome';
import { budgetReason, WAITED_TOO_LONG } from './skip-reasons';

const DEFAULT_POLICY: StepPolicy = { on_wait: 'wait', max_wait_ms: null };

/** The plan's policy for an operation; one that names none waits as long as it takes. */
export function stepPolicy(plan: WalkPlan, op: Operation): StepPolicy {
  return plan.policies[op] ?? DEFAULT_POLICY;
}

/**
 * What to do about a cap that is taken for another `inMs`, when the call has waited `waitedMs` already. A wait within the
 * policy's `max_wait_ms` is waited for; a longer one sends `wait` and `next-provider` to the next vendor, and `skip` on to
 * the next step. Without a limit `wait` waits for ever, the others not at all.
 */
export function afterWait(
  { on_wait: onWait, max_wait_ms: maxMs }: StepPolicy,
  waitedMs: number,
  inMs: number,
): 'wait' | 'next-provider' | 'skip' {
  const most = maxMs ?? (onWait === 'wait' ? Number.POSITIVE_INFINITY : 0);
  if (inMs <= 0 || waitedMs + inMs <= most) return 'wait';
  return onWait === 'skip' ? 'skip' : 'next-provider';
}

/** What is recorded of a call that its policy does not let wait any longer. */
export function waitedOutcome(after: 'next-provider' | 'skip'): CallOutcome {
  return after === 'skip'
    ? { kind: 'skipped', reason: WAITED_TOO_LONG }
    : { kind: 'failed', reason: WAITED_TOO_LONG, costMicro: 0, asked: false };
}

/** Why the gate denies a call; the words are the gate's. */
export type Denial = 'suppressed' | 'budget_run' | 'budget_tenant_day' | 'budget_vendor_day' | 'never';

/**
 * What is recorded of a denied call. A vendor's own budget, or a call that can never be made, passes to the next vendor;
 * the run's or the tenant's ends the step, and the walk goes on: later steps are still answered from the ledger, and free
 * ones are still asked. `suppressed` has no outcome of a step: the whole company ends as suppressed.
 */
export function deniedOutcome(denial: Exclude<Denial, 'suppressed'>): CallOutcome {
  switch (denial) {
    case 'budget_run':
      return { kind: 'skipped', reason: budgetReason('the run’s') };
    case 'budget_tenant_day':
      return { kind: 'skipped', reason: budgetReason('the tenant’s for today') };
    case 'budget_vendor_day':
      return { kind: 'failed', reason: 'its budget for today is used up', costMicro: 0, asked: false };
    case 'never':
      return {
        kind: 'failed',
        reason: 'it can never be asked within its caps and budgets',
        costMicro: 0,
        asked: false,
      };
    default:
      return assertNever(denial);
  }
}
