import { leadSchema, type CompanyDocument, type StepRecord } from '#libs/contracts';
import {
  aCompany,
  aContact,
  aFoundStep,
  aSignal,
  aStepNotSetUp,
  aWalkedState,
  aWalkState,
} from '../../test/builders';
import { aCompiledIcp } from '../../test/icp-builder';
import { matchIcp } from '../match';
import { scoreLead } from '../score';
import { budgetReason, WAITED_TOO_LONG } from '../walk';
import { toLead } from './to-lead';

const ICP = aCompiledIcp({ titles: ['CEO'] });
const CONTEXT = { icp: ICP, simulated: false };

function aDocument(overrides: Partial<CompanyDocument> = {}): CompanyDocument {
  const state = aWalkedState();
  return { ...state, state: 'done', position: 1, score: scoreLead(state, ICP), failure: null, ...overrides };
}

describe('a lead', () => {
  it('tells everything the walk found, and nothing that differs between runs', () => {
    const lead = toLead(aDocument(), CONTEXT);
    expect(leadSchema.parse({ rank: 1, ...lead })).toEqual({ rank: 1, ...lead });
    expect(lead).toMatchObject({
      status: 'complete',
      website: { url: 'https://acme.example/', title: 'Acme', description: 'Analytics for warehouses' },
      contacts: [{ email: 'ada@acme.example', verdict: 'valid' }],
      problems: [],
      cost_micro_usd: 3_000,
      vendors: ['crawl_website-vendor', 'find_contacts-vendor', 'verify_email-vendor'],
      simulated: false,
    });
  });

  it('does not depend on the order of the journal', () => {
    const document = aDocument({
      tried: ['b', 'a'].map((vendor) => ({
        step: 'website',
        vendor,
        outcome: '',
        empty: true,
        cost_micro: 7,
      })),
    });
    const shuffled = {
      ...document,
      steps: document.steps.toReversed(),
      tried: document.tried.toReversed(),
    };
    expect(JSON.stringify(toLead(shuffled, CONTEXT))).toBe(JSON.stringify(toLead(document, CONTEXT)));
    expect(toLead(document, CONTEXT)).toMatchObject({
      cost_micro_usd: 3_014,
      vendors: ['a', 'b', 'crawl_website-vendor', 'find_contacts-vendor', 'verify_email-vendor'],
    });
  });

  it('puts the person to write to first: verified, then usable by title, then the rest', () => {
    const contacts = [
      aContact({ email: 'wrong@x.example', title: 'CEO' }),
      aContact({ email: null, title: 'CEO' }),
      aContact({ email: 'clerk@x.example', title: 'Clerk', confidence: 99 }),
      aContact({ email: 'boss@x.example', title: 'CEO', confidence: 10 }),
      aContact({ email: 'boss2@x.example', title: 'CEO', confidence: 20 }),
    ];
    const emails = (verdicts: ('invalid' | 'valid')[]) => {
      const state = aWalkedState({ contacts, verdicts });
      return toLead(aDocument({ steps: state.steps }), CONTEXT).contacts.map(({ email }) => email);
    };
    expect(emails(['invalid'])).toEqual([
      'boss2@x.example',
      'boss@x.example',
      'clerk@x.example',
      'wrong@x.example',
      null,
    ]);
    expect(emails(['invalid', 'valid'])[0]).toBe('clerk@x.example');
  });

  it('is partial when a step failed or is in doubt, with a sentence for each', () => {
    const [website, contacts] = aDocument().steps;
    const steps = [
      {
        step: 'email_1',
        op: 'verify_email' as const,
        status: 'in_doubt' as const,
        vendor: 'verifier',
        reason: 'timeout',
      },
      {
        step: 'contacts',
        op: 'find_contacts' as const,
        status: 'failed' as const,
        vendor: null,
        reason: 'a: quota',
      },
    ].map((step) => ({ ...step, cost_micro: 0, simulated: false }));
    expect(contacts).toBeDefined();
    const lead = toLead(aDocument({ steps: [...steps, ...(website ? [website] : [])] }), CONTEXT);
    expect(lead.status).toBe('partial');
    expect(lead.problems).toEqual([
      'Looking up contacts failed (a: quota)',
      'Verifying an e-mail address is in doubt: verifier was asked, and its answer never came (timeout)',
    ]);
  });

  it('says what was left out for lack of budget or of patience, and nothing of steps nobody is set up for', () => {
    const skipped = (step: string, op: StepRecord['op'], reason: string): StepRecord => ({
      ...aStepNotSetUp(step, op),
      reason,
    });
    const steps = [
      skipped('signals', 'find_signals', WAITED_TOO_LONG),
      skipped('email_1', 'verify_email', budgetReason('the run’s')),
      skipped('firmographics', 'enrich_company', budgetReason('the run’s')),
      aStepNotSetUp('profile', 'read_profile'),
    ];
    expect(toLead(aDocument({ steps }), CONTEXT)).toMatchObject({
      status: 'partial',
      problems: [
        'Skipped, budget: the run’s is used up: firm data, the check of e-mail addresses',
        'Skipped, waited too long for its cap: news',
      ],
    });
  });

  it('gives a person the address that was looked up, and says by whom it was found and verified', () => {
    const contacts = [aContact({ email: null, confidence: null }), aContact({ email: 'b@x.example' })];
    const steps = [
      aFoundStep('contacts', 'find_contacts', { contacts }),
      aFoundStep('find_email_1', 'find_email', { email: 'Ada@x.example', confidence: 77, title: null }),
      aFoundStep('email_1', 'verify_email', { email: 'ada@x.example', verdict: 'valid' }),
    ];
    expect(toLead(aDocument({ steps }), CONTEXT).contacts).toMatchObject([
      {
        email: 'Ada@x.example',
        confidence: 77,
        verdict: 'valid',
        email_source: 'find_email-vendor',
        verified_by: 'verify_email-vendor',
      },
      { email: 'b@x.example', verdict: null, email_source: 'find_contacts-vendor', verified_by: null },
    ]);
  });

  it('tells firm data, profile and signals, and judges the match by them', () => {
    const icp = aCompiledIcp({ countries: new Map([['DE', 'Germany']]) });
    const company = aCompany({ country: null });
    const walked = (country: string) =>
      aWalkedState({
        company,
        match: matchIcp(company, icp),
        firmographics: { country },
        profile: {},
        signals: [aSignal()],
      });
    const lead = toLead(aDocument(walked('DE')), { icp, simulated: false });
    expect(leadSchema.parse({ rank: 1, ...lead })).toEqual({ rank: 1, ...lead });
    expect(lead).toMatchObject({
      company: { country: null },
      facts: { country: 'DE' },
      sources: { country: 'enrich_company-vendor', founded: 'input' },
      firmographics: { revenue_usd: 12_000_000 },
      profile: { sells_to: 'businesses' },
      signals: [{ title: 'Acme raises 10 million' }],
      match: { matched: true, reasons: [{ text: 'Germany is on your list (says enrich_company-vendor)' }] },
    });
    const missed = toLead(aDocument(walked('FR')), { icp, simulated: false });
    expect(missed.match).toMatchObject({ matched: false, pre_score: lead.match.pre_score });
  });

  it('is complete when vendors found nothing: that is no error', () => {
    const steps = [
      {
        step: 'contacts',
        op: 'find_contacts' as const,
        status: 'empty' as const,
        vendor: 'finder',
        reason: 'finder: -',
      },
      {
        step: 'website',
        op: 'crawl_website' as const,
        status: 'skipped' as const,
        vendor: null,
        reason: 'none',
      },
    ].map((step) => ({ ...step, cost_micro: 0, simulated: false }));
    expect(toLead(aDocument({ steps }), CONTEXT)).toMatchObject({
      status: 'complete',
      problems: [],
      vendors: [],
    });
  });

  it.each([
    ['failed', 'the walk timed out', 'Enrichment failed: the walk timed out'],
    ['pending', null, 'Enrichment did not finish'],
  ] as const)('lists a %s company too, scored by what is known', (state, failure, problem) => {
    const document = { ...aDocument({ ...aWalkState(), state, failure, score: null }) };
    const lead = toLead(document, CONTEXT);
    expect(leadSchema.safeParse({ rank: 1, ...lead }).success).toBe(true);
    expect(lead).toMatchObject({ status: 'failed', problems: [problem], contacts: [] });
  });

  it('lists a suppressed company without its persons', () => {
    const lead = toLead(aDocument({ state: 'suppressed' }), CONTEXT);
    expect(lead).toMatchObject({
      status: 'failed',
      contacts: [],
      problems: ['On the suppression list, must not be contacted'],
    });
  });

  it('is simulated if the run or any fact is', () => {
    expect(toLead(aDocument(), { icp: ICP, simulated: true }).simulated).toBe(true);
    const steps = [{ ...aFoundStep('contacts', 'find_contacts', { contacts: [] }), simulated: true }];
    expect(toLead(aDocument({ steps }), CONTEXT).simulated).toBe(true);
  });
});
