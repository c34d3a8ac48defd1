import type { WalkPlan, WalkState } from '#libs/contracts';
import {
  aCompany,
  aContact,
  aFoundStep,
  aSignal,
  aWalkPlan,
  aWalkState,
  someFirmographics,
  someProfile,
  someWebsiteFacts,
} from '../../test/builders';
import { nextStep, openingCalls, type NextStep, type StepCall } from './next-step';
import { applyRecord, recordOutcome, type CallOutcome } from './record-outcome';
import { deniedOutcome } from './refused-call';

const WEBSITE: CallOutcome = { kind: 'found', output: someWebsiteFacts(), costMicro: 0, simulated: false };
const FIRM: CallOutcome = { kind: 'found', output: someFirmographics(), costMicro: 0, simulated: false };
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

function found(output: unknown): CallOutcome {
  return { kind: 'found', output, costMicro: 0, simulated: false };
}
const NOT_SET_UP = 'skipped: no vendor is set up for this step';
/** What a walk says without a vendor for firm data, profiles, lookups of addresses and signals. */
const OFTEN_MISSING = new Set(
  ['firmographics', 'profile', 'find_email_1', 'signals'].map((step) => `${step} ${NOT_SET_UP}`),
);
/** The walk's words without those of the steps that nobody is set up for in most of these tests. */
const walk = (...walked: Parameters<typeof fullWalk>): string[] =>
  fullWalk(...walked).filter((said) => !OFTEN_MISSING.has(said));

/** Walks with the given outcomes, in call order; what the walk said at each step, in words. */
function fullWalk(plan: WalkPlan, outcomes: CallOutcome[], start: WalkState = aWalkState()): string[] {
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

/** The next call, steps without a vendor passed over. */
function nextCall(start: WalkState, plan: WalkPlan = aWalkPlan()): NextStep {
  let state = start;
  for (;;) {
    const next = nextStep(state, plan);
    if (next.kind !== 'end') return next;
    state = applyRecord(state, { kind: 'step', record: next.record });
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
    const find = nextCall(afterWebsite);
    expect(find).toMatchObject({ op: 'find_contacts', input: { domain: 'acme.example', titles: ['CEO'] } });
    const afterContacts = recordOutcome(afterWebsite, find as StepCall, contacts(' Ada@X.Example '));
    expect(nextCall(afterContacts)).toMatchObject({
      op: 'verify_email',
      input: { email: 'ada@x.example' },
    });
  });

  it('verifies at most as many addresses as the plan allows, each mailbox once', () => {
    const people = contacts('a@x.example', null, 'A@X.example', 'b@x.example', 'c@x.example');
    const outcomes = [
      WEBSITE,
      people,
      verdict('a@x.example', 'invalid'),
      verdict('b@x.example', 'catch_all'),
    ];
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
    expect(fullWalk(plan, outcomes)[2]).toBe(`website ${status}: ${reason}`);
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
      'firmographics skipped: no website is known',
      'contacts skipped: no website is known',
      'email_1 skipped: no contact has an e-mail address',
      'signals skipped: no website is known',
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
    expect(nextCall(aWalkState({ steps }), aWalkPlan({ max_verifications: 10 }))).toMatchObject({
      step: 'email_10',
      input: { email: 'p10@x.example' },
    });
  });

  describe('with vendors for everything', () => {
    const PLAN = aWalkPlan({
      waterfalls: {
        crawl_website: ['crawler'],
        enrich_company: ['firm', 'firm2'],
        read_profile: ['reader'],
        find_contacts: ['finder'],
        find_email: ['seeker', 'seeker2'],
        verify_email: ['verifier', 'verifier2'],
        find_signals: ['news'],
      },
    });
    const TEXT = found(someWebsiteFacts({ excerpt: 'We make analytics for warehouses.' }));
    const PROFILE = found(someProfile());
    const SIGNALS = found({ signals: [aSignal()] });
    const nameless = { first_name: null, last_name: null };

    it('goes through all steps in their fixed order', () => {
      const people = found({
        contacts: [aContact({ email: null }), aContact({ email: 'b@x.example', first_name: 'Bob' })],
      });
      const address = found({ email: 'ada@x.example', confidence: 80, title: null });
      const outcomes = [TEXT, FIRM, PROFILE, people, address, verdict('ada@x.example', 'valid'), SIGNALS];
      expect(fullWalk(PLAN, outcomes)).toEqual([
        'website crawler',
        'firmographics firm',
        'profile reader',
        'contacts finder',
        'find_email_1 seeker',
        'email_1 verifier',
        'signals news',
      ]);
    });

    it('looks up addresses under canonical names, each person once, as many as the plan allows', () => {
      const people = [
        aContact({ email: 'x@x.example', first_name: 'Xeno' }),
        aContact({ email: null, first_name: ' JosE\u0301 ', last_name: 'de  la Cruz' }),
        aContact({ email: null, ...nameless }),
        aContact({ email: ' ', first_name: 'jos\u00e9', last_name: 'De La Cruz' }),
        aContact({ email: null, first_name: 'Bob' }),
        aContact({ email: null, first_name: 'Cy' }),
      ];
      const inputs: unknown[] = [];
      let state = aWalkState({
        steps: [
          aFoundStep('website', 'crawl_website', someWebsiteFacts()),
          aFoundStep('contacts', 'find_contacts', { contacts: people }),
        ],
      });
      const plan = { ...PLAN, waterfalls: { find_email: ['seeker'] } };
      for (let next = nextCall(state, plan); next.kind === 'call'; next = nextCall(state, plan)) {
        inputs.push(next.input);
        state = recordOutcome(state, next, FAILED);
        // The end of the waterfall is a decision of its own.
        const end = nextStep(state, plan);
        if (end.kind === 'end') state = applyRecord(state, { kind: 'step', record: end.record });
      }
      expect(inputs).toEqual([
        { domain: 'acme.example', first_name: 'jos\u00e9', last_name: 'de la cruz' },
        { domain: 'acme.example', first_name: 'bob', last_name: 'byron' },
      ]);
    });

    it('verifies found addresses at their person’s place among the contacts', () => {
      const steps = [
        aFoundStep('website', 'crawl_website', someWebsiteFacts()),
        aFoundStep('contacts', 'find_contacts', {
          contacts: [aContact({ email: null }), aContact({ email: 'b@x.example' })],
        }),
        aFoundStep('find_email_1', 'find_email', { email: ' Ada@X.example', confidence: 80, title: null }),
      ];
      const plan = { ...PLAN, waterfalls: { verify_email: ['verifier'] } };
      expect(nextCall(aWalkState({ steps }), plan)).toMatchObject({
        step: 'email_1',
        input: { email: 'ada@x.example' },
      });
    });

    it('takes a useless answer for an empty one, and asks the next vendor', () => {
      const blank = { name: 'Acme', employees: null, industry: null, founded: null, country: null };
      const knowsNothing = found({
        ...someFirmographics({ ...blank, city: null, linkedin: null, revenue_usd: null }),
      });
      const nobody = found({ contacts: [aContact({ email: null, ...nameless })] });
      expect(fullWalk(PLAN, [WEBSITE, knowsNothing, FIRM, nobody])).toEqual([
        'website crawler',
        'firmographics firm',
        'firmographics firm2',
        'profile skipped: the website gave no text to read',
        'contacts finder',
        'contacts empty: finder: knew nothing of use',
        'find_email_1 skipped: no named contact is without an e-mail address',
        'email_1 skipped: no contact has an e-mail address',
        'signals news',
      ]);
    });

    it('asks another verifier where the first one cannot tell', () => {
      const outcomes = [WEBSITE, EMPTY, EMPTY, contacts('a@x.example'), verdict('a@x.example', 'unknown')];
      expect(walk(PLAN, outcomes).slice(-2)).toEqual(['email_1 verifier', 'email_1 verifier2']);
    });

    it('goes on with other steps when one is left out for lack of budget', () => {
      const outcomes = [TEXT, deniedOutcome('budget_run'), PROFILE, deniedOutcome('budget_tenant_day')];
      expect(walk(PLAN, outcomes).slice(-3)).toEqual([
        'find_email_1 skipped: no named contact is without an e-mail address',
        'email_1 skipped: no contact has an e-mail address',
        'signals news',
      ]);
    });

    it('leaves addresses alone that a worker without this step has begun to verify', () => {
      const steps = [
        aFoundStep('website', 'crawl_website', someWebsiteFacts()),
        aFoundStep('contacts', 'find_contacts', {
          contacts: [aContact({ email: null }), aContact({ email: 'b@x.example' })],
        }),
        aFoundStep('email_1', 'verify_email', { email: 'b@x.example', verdict: 'valid' }),
      ];
      const plan = { ...PLAN, waterfalls: { find_email: ['seeker'], verify_email: ['verifier'] } };
      expect(nextCall(aWalkState({ steps }), plan)).toEqual({ kind: 'finished' });
    });
  });
});

describe('what every walk asks', () => {
  const waterfalls = {
    crawl_website: ['crawler', 'reader'],
    enrich_company: [],
    read_profile: ['model'],
    find_contacts: ['finder'],
    verify_email: ['verifier'],
    find_signals: ['press'],
  };
  const asked = (domain: string | null): string[] =>
    openingCalls(aWalkState({ company: aCompany({ domain }) }), aWalkPlan({ waterfalls })).map(
      ({ step, vendor, input }) => `${step} ${vendor} ${JSON.stringify(input)}`,
    );

  it('is what needs no other answer, of the first vendor of each step', () => {
    expect(asked('acme.example')).toEqual([
      'website crawler {"domain":"acme.example"}',
      'contacts finder {"domain":"acme.example","titles":["CEO"]}',
      'signals press {"domain":"acme.example","name":"Acme"}',
    ]);
  });

  it('is nothing for a company without a website', () => {
    expect(asked(null)).toEqual([]);
  });
});
