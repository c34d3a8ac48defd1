import type { CompanyDocument } from '#libs/contracts';
import { aContact, aFoundStep, aWalkedState, aWalkState } from '../../test/builders';
import { createProviderTally } from './provider-stats';

function aDocument(state: Partial<CompanyDocument>): CompanyDocument {
  return { ...aWalkState(), state: 'done', position: 1, score: null, failure: null, ...state };
}

function tally(...documents: CompanyDocument[]) {
  const counted = createProviderTally();
  for (const document of documents) counted.add(document);
  return counted.result();
}

const NONE = {
  tried: 0,
  found: 0,
  empty: 0,
  failed: 0,
  in_doubt: 0,
  passed_over: 0,
  verified: 0,
  cost_micro: 0,
};

describe('what vendors’ answers were worth', () => {
  it('counts each vendor’s ends, whatever step of which company they belong to', () => {
    const tried = [
      { step: 'firmographics', vendor: 'firm', outcome: 'found nothing', empty: true, cost_micro: 5 },
      { step: 'contacts', vendor: 'finder', outcome: 'it refused our key', empty: false, cost_micro: 0 },
      {
        step: 'signals',
        vendor: 'news',
        outcome: 'waited',
        empty: false,
        cost_micro: 0,
        asked: false as const,
      },
    ];
    const doubt = {
      ...aFoundStep('firmographics', 'enrich_company', undefined),
      status: 'in_doubt' as const,
    };
    const first = aDocument({ tried, steps: [{ ...doubt, vendor: 'firm2' }] });
    const second = aDocument({
      steps: [{ ...aFoundStep('firmographics', 'enrich_company', {}), vendor: 'firm' }],
    });
    expect(tally(first, second)).toEqual([
      { ...NONE, vendor: 'firm', op: 'enrich_company', tried: 2, found: 1, empty: 1, cost_micro: 1_005 },
      { ...NONE, vendor: 'firm2', op: 'enrich_company', tried: 1, in_doubt: 1, cost_micro: 1_000 },
      { ...NONE, vendor: 'finder', op: 'find_contacts', tried: 1, failed: 1 },
      { ...NONE, vendor: 'news', op: 'find_signals', passed_over: 1 },
    ]);
  });

  it('counts a valid address for whoever gave it and for whoever verified it', () => {
    const contacts = [
      aContact({ email: 'a@x.example' }),
      aContact({ email: 'A@x.example' }),
      aContact({ email: null, first_name: 'Bob' }),
    ];
    const steps = [
      aFoundStep('contacts', 'find_contacts', { contacts }),
      aFoundStep('find_email_1', 'find_email', { email: 'bob@x.example', confidence: 5, title: null }),
      aFoundStep('email_1', 'verify_email', { email: 'a@x.example', verdict: 'invalid' }),
      aFoundStep('email_2', 'verify_email', { email: 'bob@x.example', verdict: 'valid' }),
    ];
    const verified = tally(aDocument({ steps }), aDocument({ steps: aWalkedState().steps })).map(
      ({ op, tried, verified: valid }) => [op, tried, valid],
    );
    expect(verified).toEqual([
      ['crawl_website', 1, 0],
      ['find_contacts', 2, 1],
      ['find_email', 1, 1],
      ['verify_email', 3, 2],
    ]);
  });

  it('does not count twice a vendor whose empty answer ended its step', () => {
    const tried = [
      { step: 'contacts', vendor: 'finder', outcome: 'found nothing', empty: true, cost_micro: 1 },
    ];
    const end = {
      ...aFoundStep('contacts', 'find_contacts', undefined),
      status: 'empty' as const,
      cost_micro: 0,
    };
    expect(tally(aDocument({ tried, steps: [{ ...end, vendor: 'finder' }] }))).toEqual([
      { ...NONE, vendor: 'finder', op: 'find_contacts', tried: 1, empty: 1, cost_micro: 1 },
    ]);
  });
});
