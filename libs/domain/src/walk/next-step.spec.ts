import type { WalkPlan, WalkState } from '#libs/contracts';
import { aCompany, aContact, aFoundStep, aWalkPlan, aWalkState, someWebsiteFacts } from '../../test/builders';
import { nextStep, type StepCall } from './next-step';
import { applyRecord, recordOutcome, type CallOutcome } from './record-outcome';

const WEBSITE: CallOutcome = { kind: 'found', output: someWebsiteFacts(), costMicro: 0, simulated: false };
const EMPTY: CallOutcome = { kind: 'empty', costMicro: 5 };
const FAILED: CallOutcome = { kind: 'failed', reason: 'quota used up', costMicro: 0 };
const IN_DOUBT: CallOutcome = { kind: 'in_doubt', reason: 'no answer', costMicro: 10 };

function contacts(...emails: (string | null)[]): CallOutcome {
  const output = { contacts: emails.map((email) => aContact({ email })) };
  return { kind: 'found', output, costMicro: 0, simulated: false };
}
function verdict(email: string, value: string): CallOutcome {
  return { kind: 'found', output: { email, verdict: value }, costMicro: 0, simulated: false };
}

/** Walks with the given outcomes, in call order; what the walk said at each step, in words. */
function walk(plan: WalkPlan, outcomes: CallOutcome[], start: WalkState = aWalkState()): string[] {
  const said: string[] = [];
  let state = start;
  for (;;) {
    const next = nextStep(state, plan);
    if (next.kind === 'finished') return said;
    if (next.kind === 'end') {
      said.push(`${next.record.step} ${next.record.status}: ${next.record.reason}`);
      state = applyRecord(state, { kind: 'step', record: next.record });
      continue;
    }
    said.push(`${next.step} ${next.vendor}`);
    const outcome = outcomes.shift();
    if (!outcome) return said;
    state = recordOutcome(state, next, outcome);
  }
}

describe('the company walk', () => {
  it('asks for the website, the contacts, then their addresses until the first valid one', () => {
    const outcomes = [
      WEBSITE,
      contacts('a@x.example', 'b@x.example', 'c@x.example'),
      verdict('a@x.example', 'invalid'),
      verdict('b@x.example', 'valid'),
    ];
    expect(walk(aWalkPlan(), outcomes)).toEqual([
      'website crawler',
      'contacts finder',
      'email_1 verifier',
      'email_2 verifier',
    ]);
  });

  it('hands each operation its input', () => {
    const state = aWalkState();
    const crawl = nextStep(state, aWalkPlan());
    expect(crawl).toEqual({
      kind: 'call',
      step: 'website',
      op: 'crawl_website',
      vendor: 'crawler',
      input: { domain: 'acme.example' },
    });
    const afterWebsite = recordOutcome(state, crawl as StepCall, WEBSITE);
    const find = nextStep(afterWebsite, aWalkPlan());
    expect(find).toMatchObject({ op: 'find_contacts', input: { domain: 'acme.example', titles: ['CEO'] } });
    const afterContacts = recordOutcome(afterWebsite, find as StepCall, contacts(' Ada@X.Example '));
    expect(nextStep(afterContacts, aWalkPlan())).toMatchObject({
      op: 'verify_email',
      input: { email: 'ada@x.example' },
    });
  });

  it('verifies at most as many addresses as the plan allows, each mailbox once', () => {
    const found = contacts('a@x.example', null, 'A@X.example', 'b@x.example', 'c@x.example');
    const outcomes = [WEBSITE, found, verdict('a@x.example', 'unknown'), verdict('b@x.example', 'catch_all')];
    expect(walk(aWalkPlan({ max_verifications: 2 }), outcomes).slice(2)).toEqual([
      'email_1 verifier',
      'email_2 verifier',
    ]);
  });

  it('goes down the waterfall after an empty answer and after a failure', () => {
    const plan = aWalkPlan({
      waterfalls: { crawl_website: [], find_contacts: ['one', 'two', 'three'], verify_email: [] },
    });
    expect(walk(plan, [EMPTY, FAILED, contacts('a@x.example')])).toEqual([
      'website skipped: no vendor is set up for this step',
      'contacts one',
      'contacts two',
      'contacts three',
      'email_1 skipped: no vendor is set up for this step',
    ]);
  });

  it.each([
    [
      'empty once any vendor answered and knew nothing',
      [EMPTY, FAILED],
      'empty',
      'one: found nothing; two: quota used up',
    ],
    ['failed where all of them failed', [FAILED, FAILED], 'failed', 'one: quota used up; two: quota used up'],
  ])('ends a waterfall as %s', (_what, outcomes, status, reason) => {
    const plan = aWalkPlan({
      waterfalls: { crawl_website: ['one', 'two'], find_contacts: [], verify_email: [] },
    });
    expect(walk(plan, outcomes)[2]).toBe(`website ${status}: ${reason}`);
  });

  it('goes on after a call in doubt, without repeating it', () => {
    const outcomes = [
      IN_DOUBT,
      contacts('a@x.example', 'b@x.example'),
      IN_DOUBT,
      verdict('b@x.example', 'valid'),
    ];
    expect(walk(aWalkPlan(), outcomes)).toEqual([
      'website crawler',
      'contacts finder',
      'email_1 verifier',
      'email_2 verifier',
    ]);
  });

  it('says why steps are skipped for a company without a website', () => {
    const start = aWalkState({ company: aCompany({ domain: null }) });
    expect(walk(aWalkPlan(), [], start)).toEqual([
      'website skipped: no website is known',
      'contacts skipped: no website is known',
      'email_1 skipped: no contact has an e-mail address',
    ]);
  });

  it('says once that verification is switched off', () => {
    expect(walk(aWalkPlan({ max_verifications: 0 }), [WEBSITE, contacts('a@x.example')])[2]).toBe(
      'email_1 skipped: verification is switched off for this run',
    );
  });

  it('asks nobody any more once verification was skipped for lack of budget', () => {
    const skipped: CallOutcome = { kind: 'skipped', reason: 'the budget of this run is used up' };
    expect(walk(aWalkPlan(), [WEBSITE, contacts('a@x.example', 'b@x.example'), skipped])).toHaveLength(3);
  });

  it('keeps the tenth address the tenth, though the journal sorts email_10 before email_2', () => {
    const addresses = Array.from({ length: 10 }, (_, i) => `p${i + 1}@x.example`);
    const unknown = (i: number) =>
      aFoundStep(`email_${i}`, 'verify_email', { email: `p${i}@x.example`, verdict: 'unknown' });
    const steps = [
      aFoundStep('contacts', 'find_contacts', { contacts: addresses.map((email) => aContact({ email })) }),
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(unknown),
      aFoundStep('website', 'crawl_website', someWebsiteFacts()),
    ];
    expect(nextStep(aWalkState({ steps }), aWalkPlan({ max_verifications: 10 }))).toMatchObject({
      step: 'email_10',
      input: { email: 'p10@x.example' },
    });
  });
});
