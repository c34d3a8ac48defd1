import fc from 'fast-check';
import type { CompanyDocument, StepRecord, TriedVendor } from '#libs/contracts';
import { aCompany, aWalkPlan } from '../../test/builders';
import { companyRetry, doubtfulCalls, forgetting, openOperations, RETRY_CAUSES } from './retry-walk';
import { stepOperation } from './walk-steps';

const PLAN = aWalkPlan();

function step(name: string, status: StepRecord['status'], more: Partial<StepRecord> = {}): StepRecord {
  const op = stepOperation(name) ?? 'crawl_website';
  return { step: name, op, status, vendor: 'v', cost_micro: 0, simulated: false, ...more };
}

function tried(name: string, vendor: string, empty: boolean): TriedVendor {
  return { step: name, vendor, outcome: empty ? 'found nothing' : 'failed', empty, cost_micro: 0 };
}

function document(steps: StepRecord[], more: Partial<CompanyDocument> = {}): CompanyDocument {
  return {
    company: aCompany(),
    match: { matched: true, pre_score: 50, reasons: [] },
    steps,
    tried: [],
    state: 'done',
    position: 1,
    score: null,
    failure: null,
    ...more,
  };
}

const walked = (changed: Partial<Record<string, StepRecord['status']>> = {}): StepRecord[] =>
  ['website', 'firmographics', 'profile', 'contacts', 'find_email_1', 'email_1', 'signals'].map((name) =>
    step(name, changed[name] ?? 'found'),
  );

describe('what of a company is walked again', () => {
  it('is nothing where every step ended well, found or not', () => {
    const steps = walked({ contacts: 'empty', profile: 'skipped' });
    expect(companyRetry(document(steps), RETRY_CAUSES)).toBeNull();
  });

  it('is the step that failed, and nothing of what was found', () => {
    const retry = companyRetry(document(walked({ signals: 'failed' })), ['failed']);
    expect(retry).toEqual({ causes: ['failed'], steps: ['signals'], tried: [] });
  });

  it('is what was asked with its answer, too', () => {
    const ofWebsite = companyRetry(document(walked({ website: 'failed' })), ['failed']);
    expect(ofWebsite?.steps).toEqual(['website', 'profile']);
    const ofContacts = companyRetry(document(walked({ contacts: 'failed' })), ['failed']);
    expect(ofContacts?.steps).toEqual(['contacts', 'find_email_1', 'email_1']);
    const ofLookup = companyRetry(document(walked({ find_email_1: 'in_doubt' })), ['in_doubt']);
    expect(ofLookup).toMatchObject({ causes: ['in_doubt'], steps: ['find_email_1', 'email_1'] });
  });

  it('is only what was asked for', () => {
    const both = document(walked({ signals: 'failed', contacts: 'in_doubt' }));
    expect(companyRetry(both, ['failed'])?.steps).toEqual(['signals']);
    expect(companyRetry(both, RETRY_CAUSES)?.causes).toEqual(['failed', 'in_doubt']);
    expect(companyRetry(document(walked({ contacts: 'in_doubt' })), ['failed'])).toBeNull();
  });

  it('asks the vendors that failed again, and not those that knew nothing', () => {
    const vendors = [tried('contacts', 'one', true), tried('contacts', 'two', false)];
    const retry = companyRetry(document(walked({ contacts: 'failed' }), { tried: vendors }), ['failed']);
    expect(retry?.tried).toEqual([{ step: 'contacts', vendor: 'two' }]);
  });

  it('goes on with a company that was given up where its journal ends', () => {
    const gaveUp = document([step('website', 'found')], {
      state: 'failed',
      tried: [tried('firmographics', 'one', false)],
    });
    expect(companyRetry(gaveUp, ['failed'])).toEqual({
      causes: ['failed'],
      steps: [],
      tried: [{ step: 'firmographics', vendor: 'one' }],
    });
    expect(companyRetry(gaveUp, ['in_doubt'])).toBeNull();
  });

  it('is nothing of whom nobody may contact, and of whom is being walked', () => {
    for (const state of ['suppressed', 'pending'] as const) {
      expect(companyRetry(document(walked({ signals: 'failed' }), { state }), RETRY_CAUSES)).toBeNull();
    }
  });

  it('never forgets a step that found something, but for those that were asked with what is forgotten', () => {
    const status = fc.constantFrom('found', 'empty', 'skipped', 'failed', 'in_doubt');
    const names = [
      'website',
      'firmographics',
      'profile',
      'contacts',
      'find_email_1',
      'email_1',
      'email_2',
      'signals',
    ];
    const journals = fc.tuple(...names.map(() => status));
    fc.assert(
      fc.property(journals, (statuses) => {
        const all = names.map((name, i) => step(name, statuses[i] ?? 'found'));
        const retry = companyRetry(document(all), RETRY_CAUSES);
        const wrong = all.filter(({ status: its }) => its === 'failed' || its === 'in_doubt');
        expect(retry === null).toBe(wrong.length === 0);
        if (!retry) return;
        expect(retry.steps).toEqual(expect.arrayContaining(wrong.map(({ step: name }) => name)));
        const more = retry.steps.filter((name) => !wrong.some(({ step: its }) => its === name));
        for (const name of more) expect(name).toMatch(/^(profile|find_email_\d|email_\d)$/);
        const left = forgetting(document(all), retry);
        expect(left.steps.some(({ status: its }) => its === 'failed' || its === 'in_doubt')).toBe(false);
      }),
    );
  });
});

describe('what may be asked of a company that is walked again', () => {
  it('are the operations of the steps that it has not ended', () => {
    const after = document(walked().filter(({ step: name }) => name !== 'contacts'));
    expect(openOperations(after, PLAN)).toEqual(['find_contacts']);
    expect(openOperations(document(walked()), PLAN)).toEqual([]);
  });

  it('is not a call in doubt: it is known by its vendor and input', () => {
    const [call, ...more] = doubtfulCalls(
      // As the journal is: without the steps that nobody is set up for.
      document(walked({ firmographics: 'in_doubt' }).slice(1)),
      aWalkPlan({ waterfalls: { enrich_company: ['v'] } }),
    );
    expect(more).toEqual([]);
    expect(call).toMatchObject({ step: 'firmographics', op: 'enrich_company', vendor: 'v' });
    expect(call?.input).toEqual({ domain: aCompany().domain });
  });
});
