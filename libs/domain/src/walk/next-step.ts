import type { Operation, OperationInput, StepRecord, WalkPlan, WalkState } from '#libs/contracts';
import { contactAddresses, emailVerdict, foundContacts, stepRecord } from './walk-facts';
import { emailStep, type WalkStep } from './walk-steps';

/** One vendor is to be asked, for one step. */
export type StepCall = {
  [Op in Operation]: { kind: 'call'; step: WalkStep; op: Op; vendor: string; input: OperationInput<Op> };
}[Operation];

/**
 * What the walk does next.
 * `call`: ask this vendor · `end`: the step ends without another call: `skipped` (nothing to ask with, or nobody to
 * ask), `empty` or `failed` (every vendor was tried); journal the record and ask again · `finished`: score the company.
 */
export type NextStep = StepCall | { kind: 'end'; record: StepRecord } | { kind: 'finished' };

/**
 * The one decision of the company walk: website, then contacts, then the contacts' addresses one by one until the
 * first valid one. Within a step the vendors of the operation are asked in the plan's order, each at most once.
 * A pure function of what is journaled, whatever the order of the arrays: after a crash it decides the same again.
 */
export function nextStep(state: WalkState, plan: WalkPlan): NextStep {
  const { domain } = state.company;
  if (!stepRecord(state, 'website')) {
    if (domain === null) return skip('website', 'crawl_website', 'no website is known');
    return ask(state, plan, { step: 'website', op: 'crawl_website', input: { domain } });
  }
  if (!stepRecord(state, 'contacts')) {
    if (domain === null) return skip('contacts', 'find_contacts', 'no website is known');
    return ask(state, plan, {
      step: 'contacts',
      op: 'find_contacts',
      input: { domain, titles: plan.titles },
    });
  }
  return nextVerification(state, plan);
}

function nextVerification(state: WalkState, plan: WalkPlan): NextStep {
  const addresses = contactAddresses(foundContacts(state)).slice(0, plan.max_verifications);
  if (addresses.length === 0 && !stepRecord(state, emailStep(1))) {
    const off = plan.max_verifications === 0;
    const reason = off ? 'verification is switched off for this run' : 'no contact has an e-mail address';
    return skip(emailStep(1), 'verify_email', reason);
  }
  for (const [index, email] of addresses.entries()) {
    const step = emailStep(index + 1);
    const record = stepRecord(state, step);
    if (!record) return ask(state, plan, { step, op: 'verify_email', input: { email } });
    // What kept one address from being verified (no vendor, no budget) keeps the others too.
    if (record.status === 'skipped' || emailVerdict(state, index + 1) === 'valid') break;
  }
  return { kind: 'finished' };
}

type Question = StepCall extends infer Call
  ? Call extends StepCall
    ? Omit<Call, 'kind' | 'vendor'>
    : never
  : never;

/** The next vendor of the waterfall, or the end of the step once nobody is left. */
function ask(state: WalkState, plan: WalkPlan, question: Question): NextStep {
  const { step, op } = question;
  const waterfall = plan.waterfalls[op] ?? [];
  if (waterfall.length === 0) return skip(step, op, 'no vendor is set up for this step');

  const tried = new Map(state.tried.filter((t) => t.step === step).map((t) => [t.vendor, t]));
  const vendor = waterfall.find((candidate) => !tried.has(candidate));
  if (vendor !== undefined) return { kind: 'call', vendor, ...question };

  const inOrder = waterfall.map((name) => tried.get(name)).filter((t) => t !== undefined);
  const lastEmpty = inOrder.findLast((t) => t.empty);
  const reason = inOrder.map((t) => `${t.vendor}: ${t.outcome}`).join('; ');
  return end({ step, op, status: lastEmpty ? 'empty' : 'failed', vendor: lastEmpty?.vendor ?? null, reason });
}

function skip(step: WalkStep, op: Operation, reason: string): NextStep {
  return end({ step, op, status: 'skipped', vendor: null, reason });
}

/** Costs nothing itself: what the vendors of the waterfall cost stands in `tried`. */
function end(record: Omit<StepRecord, 'cost_micro' | 'simulated'>): NextStep {
  return { kind: 'end', record: { ...record, cost_micro: 0, simulated: false } };
}
