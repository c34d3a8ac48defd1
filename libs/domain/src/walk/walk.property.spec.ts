import fc from 'fast-check';
import { OPERATIONS, walkPlanSchema, type Operation, type WalkPlan, type WalkState } from '#libs/contracts';
import {
  aCompany,
  aContact,
  aSignal,
  aWalkState,
  someFirmographics,
  someProfile,
  someWebsiteFacts,
} from '../../test/builders';
import { nextStep, walkUnasked, type NextStep, type StepCall } from './next-step';
import { applyRecord, outcomeRecord, type CallOutcome, type WalkRecord } from './record-outcome';
import { stepPosition } from './walk-steps';

const waterfall = fc.uniqueArray(fc.constantFrom('v1', 'v2', 'v3', 'v4'));
const ops = Object.keys(OPERATIONS) as Operation[];
const plans: fc.Arbitrary<WalkPlan> = fc.record({
  // An operation may also be missing altogether, as in plans of earlier versions.
  waterfalls: fc.record(Object.fromEntries(ops.map((op) => [op, waterfall])), { requiredKeys: [] }),
  titles: fc.constant([]),
  max_verifications: fc.nat(10),
  max_email_finds: fc.nat(10),
  policies: fc.constant({}),
});
const contacts = fc.array(
  fc.record({
    email: fc.option(fc.constantFrom('a@x.example', 'A@x.example', 'b@x.example', 'c@x.example')),
    first_name: fc.option(fc.constantFrom('Ada', ' ada', 'Bob')),
    last_name: fc.option(fc.constantFrom('Byron', 'Cole')),
  }),
  { maxLength: 10 },
);
const CALLS = 150;
const kinds = fc.constantFrom('found', 'useless', 'empty', 'failed', 'in_doubt', 'skipped' as const);
const verdicts = fc.constantFrom('valid', 'invalid', 'unknown');
/** What the world answers to the n-th call. */
const worlds = fc.record({
  kinds: fc.array(kinds, { minLength: CALLS, maxLength: CALLS }),
  verdicts: fc.array(verdicts, { minLength: CALLS, maxLength: CALLS }),
  contacts,
  excerpt: fc.option(fc.constantFrom('We make forklifts.', ' ')),
  domain: fc.option(fc.constant('acme.example')),
});
type World = typeof worlds extends fc.Arbitrary<infer W> ? W : never;

function answer(world: World, call: StepCall, n: number): CallOutcome {
  const kind = world.kinds[n] ?? 'failed';
  if (kind === 'skipped') return { kind, reason: 'no budget' };
  if (kind === 'empty') return { kind, costMicro: 1 };
  if (kind !== 'found' && kind !== 'useless') return { kind, reason: 'trouble', costMicro: 1 };
  const found = {
    crawl_website: someWebsiteFacts({ excerpt: world.excerpt }),
    enrich_company: someFirmographics(),
    read_profile: someProfile(),
    find_contacts: { contacts: world.contacts.map((contact) => aContact(contact)) },
    find_email: { email: `found-${n}@x.example`, confidence: null, title: null },
    verify_email: { email: 'a@x.example', verdict: world.verdicts[n] },
    find_signals: { signals: [aSignal()] },
  };
  const useless = {
    ...found,
    enrich_company: {},
    read_profile: someProfile({ summary: null, products: [], sells_to: null }),
    find_contacts: { contacts: [aContact({ email: null, last_name: null })] },
    find_email: { email: 'nobody', confidence: null, title: null },
    verify_email: { email: 'a@x.example', verdict: 'unknown' },
    find_signals: { signals: [] },
  };
  const output = (kind === 'useless' ? useless : found)[call.op];
  return { kind: 'found', output, costMicro: 1, simulated: true };
}

interface Walked {
  decisions: NextStep[];
  journal: WalkRecord[];
  state: WalkState;
}

/** Walks to the end; more decisions than this would be a walk that does not terminate. */
function walk(plan: WalkPlan, world: World): Walked {
  let state = aWalkState({ company: aCompany({ domain: world.domain }) });
  const decisions: NextStep[] = [];
  const journal: WalkRecord[] = [];
  let calls = 0;
  while (decisions.length <= CALLS) {
    const next = nextStep(state, plan);
    decisions.push(next);
    if (next.kind === 'finished') return { decisions, journal, state };
    const record: WalkRecord =
      next.kind === 'end'
        ? { kind: 'step', record: next.record }
        : outcomeRecord(next, answer(world, next, calls++));
    journal.push(record);
    state = applyRecord(state, record);
  }
  throw new Error('the walk does not end');
}

const calls = (walked: Walked) => walked.decisions.filter((d) => d.kind === 'call');

describe('every company walk', () => {
  it('ends, and never asks a vendor twice for one step', () => {
    fc.assert(
      fc.property(plans, worlds, (plan, world) => {
        const asked = calls(walk(plan, world)).map((call) => `${call.step} ${call.vendor}`);
        expect(new Set(asked).size).toBe(asked.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps the order of steps, and within a step the order of the plan', () => {
    fc.assert(
      fc.property(plans, worlds, (plan, world) => {
        const order = calls(walk(plan, world)).map(
          (call) => stepPosition(call.step) * 100 + (plan.waterfalls[call.op] ?? []).indexOf(call.vendor),
        );
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }),
    );
  });

  it('verifies no more addresses than the plan allows and none after a valid one', () => {
    fc.assert(
      fc.property(plans, worlds, (plan, world) => {
        const { state } = walk(plan, world);
        const ended = state.steps.filter((s) => s.op === 'verify_email' && s.status !== 'skipped');
        expect(ended.length).toBeLessThanOrEqual(plan.max_verifications);
        const valid = ended.findIndex(
          (s) => (s.output as { verdict?: string } | undefined)?.verdict === 'valid',
        );
        if (valid !== -1) expect(valid).toBe(ended.length - 1);
      }),
    );
  });

  it('looks up the address of no more persons than the plan allows, and asks no vendor without a need', () => {
    fc.assert(
      fc.property(plans, worlds, (plan, world) => {
        const { decisions, state } = walk(plan, world);
        const finds = state.steps.filter((s) => s.op === 'find_email' && s.status !== 'skipped');
        expect(finds.length).toBeLessThanOrEqual(plan.max_email_finds);
        const asked = decisions.filter((d) => d.kind === 'call');
        const persons = asked.filter((d) => d.op === 'find_email').map(({ input }) => JSON.stringify(input));
        expect(new Set(persons).size).toBeLessThanOrEqual(plan.max_email_finds);
        const read = asked.filter((d) => d.op === 'read_profile');
        for (const { input } of read)
          expect(input).toEqual({ domain: world.domain, text: 'We make forklifts.' });
      }),
    );
  });

  it('walks a plan of an earlier version to the end', () => {
    fc.assert(
      fc.property(plans, worlds, ({ waterfalls, titles, max_verifications }, world) => {
        const { crawl_website, find_contacts, verify_email } = waterfalls;
        const stored = {
          waterfalls: { crawl_website, find_contacts, verify_email },
          titles,
          max_verifications,
        };
        const plan = walkPlanSchema.parse(JSON.parse(JSON.stringify(stored)));
        const steps = walk(plan, world).state.steps.map(({ step }) => step);
        expect(steps).toEqual(expect.arrayContaining(['website', 'contacts', 'email_1', 'signals']));
      }),
    );
  });

  it('decides the same again after a crash at any point, from a journal in any order', () => {
    fc.assert(
      fc.property(plans, worlds, fc.nat(CALLS), fc.gen(), (plan, world, cut, gen) => {
        const { decisions, journal } = walk(plan, world);
        const kept = Math.min(cut, journal.length);
        const start = aWalkState({ company: aCompany({ domain: world.domain }) });
        const applied = journal.slice(0, kept).reduce(applyRecord, start);
        const stored = JSON.parse(JSON.stringify(applied)) as WalkState;
        const shuffle = <T>(items: T[]): T[] =>
          gen(fc.shuffledSubarray, items, { minLength: items.length, maxLength: items.length });
        const shuffled = { ...stored, steps: shuffle(stored.steps), tried: shuffle(stored.tried) };
        expect(nextStep(shuffled, plan)).toEqual(decisions[kept]);
      }),
    );
  });

  it('goes as far without asking as it does decision by decision', () => {
    fc.assert(
      fc.property(plans, worlds, fc.nat(CALLS), (plan, world, cut) => {
        const { decisions, journal } = walk(plan, world);
        const kept = Math.min(cut, journal.length);
        const start = aWalkState({ company: aCompany({ domain: world.domain }) });
        const from = journal.slice(0, kept).reduce(applyRecord, start);
        const left = decisions.slice(kept);
        const ended = left.slice(
          0,
          left.findIndex(({ kind }) => kind !== 'end'),
        );
        const next = left[ended.length];
        expect(walkUnasked(from, plan)).toEqual({
          state: journal.slice(kept, kept + ended.length).reduce(applyRecord, from),
          ended: ended.map((decision) => decision.kind === 'end' && decision.record),
          call: next?.kind === 'call' ? next : null,
        });
      }),
    );
  });

  it('journals every call once: applying a record again changes nothing', () => {
    fc.assert(
      fc.property(plans, worlds, (plan, world) => {
        const { journal, state } = walk(plan, world);
        const again = journal.reduce(applyRecord, state);
        expect(again.steps).toHaveLength(state.steps.length);
        expect(again.tried).toHaveLength(state.tried.length);
        expect(journal).toHaveLength(state.steps.length + state.tried.length);
      }),
    );
  });
});
