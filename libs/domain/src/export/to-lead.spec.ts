import { leadSchema, type CompanyDocument } from '#libs/contracts';
import { aContact, aFoundStep, aWalkedState, aWalkState } from '../../test/builders';
import { aCompiledIcp } from '../../test/icp-builder';
import { scoreLead } from '../score';
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
