import type { CompanyDocument, Operation, WalkPlan, WalkState } from '#libs/contracts';
import { walkUnasked, type StepCall } from './next-step';
import { stepOperation } from './walk-steps';

/** What may have gone wrong with a company for it to be walked again. */
export const RETRY_CAUSES = ['failed', 'in_doubt'] as const;
export type RetryCause = (typeof RETRY_CAUSES)[number];

/** What of a company's journal is forgotten, so that the walk asks for it again. All else stands. */
export interface CompanyRetry {
  causes: readonly RetryCause[];
  steps: readonly string[];
  tried: readonly { step: string; vendor: string }[];
}

/**
 * What walking an ended company again would begin with; null: there is nothing to walk again. Forgotten are the steps that
 * ended in an error or in doubt, those that were asked with what such a step found, and the vendors that failed. What found
 * something, or nothing, is not asked about again. Whom nobody may contact stays so.
 */
export function companyRetry(
  document: Pick<CompanyDocument, 'state' | 'steps' | 'tried'>,
  include: readonly RetryCause[],
): CompanyRetry | null {
  const { state, steps, tried } = document;
  if (state !== 'done' && state !== 'failed') return null;
  const wrong = steps.filter(({ status }) => include.some((cause) => cause === status));
  const gaveUp = state === 'failed' && include.includes('failed');
  if (wrong.length === 0 && !gaveUp) return null;
  const again = new Set(wrong.map(({ step }) => step));
  const dependent = steps.filter(({ step }) => !again.has(step) && dependsOnAny(step, again));
  const kept = new Set(
    steps.filter((record) => !again.has(record.step) && !dependent.includes(record)).map(({ step }) => step),
  );
  const unsound = new Set(dependent.map(({ step }) => step));
  return {
    causes: RETRY_CAUSES.filter(
      (cause) => (cause === 'failed' && gaveUp) || wrong.some(({ status }) => status === cause),
    ),
    steps: [...again, ...unsound],
    tried: tried
      .filter(({ step, empty }) => !kept.has(step) && (!empty || unsound.has(step)))
      .map(({ step, vendor }) => ({ step, vendor })),
  };
}

/** The state with that forgotten. */
export function forgetting<State extends WalkState>(state: State, { steps, tried }: CompanyRetry): State {
  const isForgotten = (step: string, vendor: string): boolean =>
    tried.some((t) => t.step === step && t.vendor === vendor);
  return {
    ...state,
    steps: state.steps.filter(({ step }) => !steps.includes(step)),
    tried: state.tried.filter(({ step, vendor }) => !isForgotten(step, vendor)),
  };
}

/** The operations that the walk may still ask for from here on. */
export function openOperations({ steps }: Pick<WalkState, 'steps'>, plan: WalkPlan): Operation[] {
  const ended = new Set(steps.map(({ step }) => step));
  const single: readonly string[] = ['website', 'firmographics', 'profile', 'contacts', 'signals'];
  const open = single.filter((step) => !ended.has(step));
  if (!ended.has('find_email_1')) open.push('find_email_1');
  if (!ended.has('email_1')) open.push('email_1');
  return open
    .map((step) => stepOperation(step))
    .filter((op) => op !== undefined)
    .filter((op) => (plan.waterfalls[op]?.length ?? 0) > 0);
}

/** The calls that steps in doubt stand for: they are made again only once a person has said that they bought nothing. */
export function doubtfulCalls(state: WalkState, plan: WalkPlan): StepCall[] {
  return state.steps
    .filter(({ status }) => status === 'in_doubt')
    .flatMap(({ step }) => {
      const next = nextCall({ ...state, steps: state.steps.filter((other) => other.step !== step) }, plan);
      return next?.step === step ? [next] : [];
    });
}

/** Steps that nobody is set up for are not journaled: each is decided anew. */
function nextCall(state: WalkState, plan: WalkPlan): StepCall | undefined {
  return walkUnasked(state, plan).call ?? undefined;
}

/** Whether a step asks with what one of these found. */
function dependsOnAny(step: string, others: ReadonlySet<string>): boolean {
  const has = (prefix: string): boolean => [...others].some((other) => other.startsWith(prefix));
  if (step === 'profile') return others.has('website');
  if (step.startsWith('find_email_')) return others.has('contacts');
  // An address that is found between two others changes which verdict is whose.
  if (step.startsWith('email_')) return others.has('contacts') || has('find_email_');
  return false;
}
