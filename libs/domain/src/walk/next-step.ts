import type { Operation, OperationInput, StepRecord, WalkPlan, WalkState } from '#libs/contracts';
import {
  addressedContacts,
  contactAddresses,
  emailVerdict,
  foundContacts,
  personsToFind,
} from './contact-addresses';
import { NOBODY_SET_UP } from './skip-reasons';
import { stepOutput, stepRecord } from './step-outputs';
import { emailStep, findEmailStep, type WalkStep } from './walk-steps';

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
 * The one decision of the company walk: website, firm data, profile (read from the website's own words), contacts, the
 * addresses of named contacts without one, their verification one by one until the first valid one, and signals.
 * Within a step the vendors of the operation are asked in the plan's order, each at most once.
 * A pure function of what is journaled, whatever the order of the arrays: after a crash it decides the same again.
 */
export function nextStep(state: WalkState, plan: WalkPlan): NextStep {
  for (const next of STEPS_IN_ORDER) {
    const need = next(state, plan);
    if (need) return need;
  }
  return { kind: 'finished' };
}

/** How far a walk comes without asking anybody. */
export interface UnaskedWalk {
  state: WalkState;
  /** What of the state is new: the steps that ended without another call. */
  ended: readonly StepRecord[];
  /** The call that is needed next; `null` once nothing is left but the score. */
  call: StepCall | null;
}

/**
 * Decides as `nextStep` until a call is needed or the walk is finished, and with less work: no end of a step opens an earlier
 * one again, so none of those is looked at a second time.
 */
export function walkUnasked(from: WalkState, plan: WalkPlan): UnaskedWalk {
  const steps = [...from.steps];
  const state: WalkState = { ...from, steps };
  const ended: StepRecord[] = [];
  for (const next of STEPS_IN_ORDER) {
    for (let need = next(state, plan); need; need = next(state, plan)) {
      if (need.kind === 'call') return { state, ended, call: need };
      steps.push(need.record);
      ended.push(need.record);
    }
  }
  return { state, ended, call: null };
}

/**
 * What every walk of the company asks first of each step that needs no other step's answer: whoever has these answers has
 * walked it before, with the same plan.
 */
export function openingCalls(candidate: Pick<WalkState, 'company' | 'match'>, plan: WalkPlan): StepCall[] {
  const nothingYet: WalkState = { ...candidate, steps: [], tried: [] };
  return [nextWebsite, nextFirmographics, nextContacts, nextSignals]
    .map((next) => next(nothingYet, plan))
    .filter((need) => need?.kind === 'call');
}

/** What a step needs next; `undefined` once it has ended. */
type Need = Exclude<NextStep, { kind: 'finished' }> | undefined;

const NO_WEBSITE = 'no website is known';

function nextWebsite(state: WalkState, plan: WalkPlan): Need {
  if (stepRecord(state, 'website')) return undefined;
  const { domain } = state.company;
  if (domain === null) return skip('website', 'crawl_website', NO_WEBSITE);
  return ask(state, plan, { step: 'website', op: 'crawl_website', input: { domain } });
}

function nextFirmographics(state: WalkState, plan: WalkPlan): Need {
  if (stepRecord(state, 'firmographics')) return undefined;
  const { domain } = state.company;
  if (domain === null) return skip('firmographics', 'enrich_company', NO_WEBSITE);
  return ask(state, plan, { step: 'firmographics', op: 'enrich_company', input: { domain } });
}

function nextProfile(state: WalkState, plan: WalkPlan): Need {
  if (stepRecord(state, 'profile')) return undefined;
  // Before the website's facts are looked at: most deployments have nobody to read them.
  if (!hasVendors(plan, 'read_profile')) return notSetUp('profile', 'read_profile');
  const { domain } = state.company;
  const text = stepOutput(state, 'website', 'crawl_website')?.excerpt?.trim();
  if (domain === null || !text) return skip('profile', 'read_profile', 'the website gave no text to read');
  return ask(state, plan, { step: 'profile', op: 'read_profile', input: { domain, text } });
}

function nextContacts(state: WalkState, plan: WalkPlan): Need {
  if (stepRecord(state, 'contacts')) return undefined;
  const { domain } = state.company;
  if (domain === null) return skip('contacts', 'find_contacts', NO_WEBSITE);
  const input = { domain, titles: plan.titles };
  return ask(state, plan, { step: 'contacts', op: 'find_contacts', input });
}

function nextEmailFind(state: WalkState, plan: WalkPlan): Need {
  const first = stepRecord(state, findEmailStep(1));
  if (first?.status === 'skipped') return undefined;
  // Verified by a worker that knew no such step: another address in between would change which verdict is whose.
  if (!first && stepRecord(state, emailStep(1))) return undefined;
  if (!first && !hasVendors(plan, 'find_email')) return notSetUp(findEmailStep(1), 'find_email');
  const { domain } = state.company;
  const persons = personsToFind(foundContacts(state)).slice(0, plan.max_email_finds);
  if (domain === null || persons.length === 0) {
    const off = plan.max_email_finds === 0;
    const reason = off ? 'switched off for this run' : 'no named contact is without an e-mail address';
    return first ? undefined : skip(findEmailStep(1), 'find_email', reason);
  }
  for (const [index, person] of persons.entries()) {
    const step = findEmailStep(index + 1);
    const record = stepRecord(state, step);
    if (!record) return ask(state, plan, { step, op: 'find_email', input: { domain, ...person } });
    // What kept one person from being looked up (no budget) keeps the others too.
    if (record.status === 'skipped') return undefined;
  }
  return undefined;
}

function nextVerification(state: WalkState, plan: WalkPlan): Need {
  const first = stepRecord(state, emailStep(1));
  if (first?.status === 'skipped') return undefined;
  const addresses = contactAddresses(addressedContacts(state)).slice(0, plan.max_verifications);
  if (addresses.length === 0) {
    const off = plan.max_verifications === 0;
    const reason = off ? 'verification is switched off for this run' : 'no contact has an e-mail address';
    return first ? undefined : skip(emailStep(1), 'verify_email', reason);
  }
  for (const [index, email] of addresses.entries()) {
    const step = emailStep(index + 1);
    const record = stepRecord(state, step);
    if (!record) return ask(state, plan, { step, op: 'verify_email', input: { email } });
    // What kept one address from being verified (no vendor, no budget) keeps the others too.
    if (record.status === 'skipped' || emailVerdict(state, index + 1) === 'valid') return undefined;
  }
  return undefined;
}

function nextSignals(state: WalkState, plan: WalkPlan): Need {
  if (stepRecord(state, 'signals')) return undefined;
  const { domain, name } = state.company;
  if (domain === null) return skip('signals', 'find_signals', NO_WEBSITE);
  const input = { domain, name: name?.replace(/\s+/g, ' ').trim() || domain };
  return ask(state, plan, { step: 'signals', op: 'find_signals', input });
}

const STEPS_IN_ORDER = [
  nextWebsite,
  nextFirmographics,
  nextProfile,
  nextContacts,
  nextEmailFind,
  nextVerification,
  nextSignals,
] as const;

type Question = StepCall extends infer Call
  ? Call extends StepCall
    ? Omit<Call, 'kind' | 'vendor'>
    : never
  : never;

function hasVendors(plan: WalkPlan, op: Operation): boolean {
  return (plan.waterfalls[op]?.length ?? 0) > 0;
}

/** The next vendor of the waterfall, or the end of the step once nobody is left. */
function ask(state: WalkState, plan: WalkPlan, question: Question): Need {
  const { step, op } = question;
  const waterfall = plan.waterfalls[op] ?? [];
  if (waterfall.length === 0) return notSetUp(step, op);

  const tried = new Map(state.tried.filter((t) => t.step === step).map((t) => [t.vendor, t]));
  const vendor = waterfall.find((candidate) => !tried.has(candidate));
  if (vendor !== undefined) return { kind: 'call', vendor, ...question };

  const inOrder = waterfall.map((name) => tried.get(name)).filter((t) => t !== undefined);
  const lastEmpty = inOrder.findLast((t) => t.empty);
  const reason = inOrder.map((t) => `${t.vendor}: ${t.outcome}`).join('; ');
  return end({ step, op, status: lastEmpty ? 'empty' : 'failed', vendor: lastEmpty?.vendor ?? null, reason });
}

const notSetUpSteps = new Map<WalkStep, Need>();

/** One for all companies: most deployments have nobody for several steps, and every company's walk comes by each of them twice. */
function notSetUp(step: WalkStep, op: Operation): Need {
  const known = notSetUpSteps.get(step);
  if (known) return known;
  const need = skip(step, op, NOBODY_SET_UP);
  notSetUpSteps.set(step, need);
  return need;
}

function skip(step: WalkStep, op: Operation, reason: string): Need {
  return end({ step, op, status: 'skipped', vendor: null, reason });
}

/** Costs nothing itself: what the vendors of the waterfall cost stands in `tried`. */
function end(record: Omit<StepRecord, 'cost_micro' | 'simulated'>): Need {
  return { kind: 'end', record: { ...record, cost_micro: 0, simulated: false } };
}
