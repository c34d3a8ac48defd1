import fc from 'fast-check';
import type { CompanyDocument } from '#libs/contracts';
import { budgetReason, compileIcp } from '#libs/domain';
import { RankedLeads, type LeadCheck, type LeadSource } from './ranked-leads';

const CONTEXT = { icp: compileIcp({}), simulated: false };
/** Nobody is suppressed. */
const ALL: LeadCheck = { screen: (leads) => Promise.resolve([...leads]) };
const NEVER = new AbortController().signal;

function aDocument(n: number, score: number, failed = false): CompanyDocument {
  return {
    company: {
      company_id: `c_${String(n).padStart(16, 'a')}`,
      name: `Company ${n}`,
      domain: null,
      social: null,
      country: null,
      region: null,
      city: null,
      industry: null,
      industries: [],
      employees: null,
      founded: null,
      description: null,
      source_rows: [n + 1],
    },
    match: { matched: true, pre_score: 50, reasons: [] },
    steps: [],
    tried: [],
    state: failed ? 'failed' : 'done',
    position: n + 1,
    score: { score, bucket: score >= 70 ? 'A' : 'C', confidence: 1, features: [], rationale: '' },
    failure: failed ? 'broken' : null,
  };
}

function sourceOf(documents: readonly CompanyDocument[]): LeadSource {
  return {
    async *all() {
      for (const document of documents) yield await Promise.resolve(document);
    },
    find: (id) => Promise.resolve(documents.find(({ company }) => company.company_id === id)),
  };
}

async function listed(leads: RankedLeads): Promise<[number, string | null][]> {
  const all: [number, string | null][] = [];
  for await (const { rank, company } of leads) all.push([rank, company.name]);
  return all;
}

describe('RankedLeads', () => {
  it('tells what vendors’ answers were worth, and for how many companies the budget did not last', async () => {
    const step = { cost_micro: 5, simulated: false, output: {} };
    const found = {
      ...step,
      step: 'firmographics',
      op: 'enrich_company',
      status: 'found',
      vendor: 'firm',
    } as const;
    const skipped = {
      ...step,
      step: 'signals',
      op: 'find_signals',
      status: 'skipped',
      vendor: null,
      reason: budgetReason('the run’s'),
    } as const;
    const firm = {
      name: null,
      employees: null,
      industry: null,
      founded: 2001,
      country: null,
      city: null,
      description: null,
      linkedin: null,
      revenue_usd: null,
      technologies: [],
    };
    const documents = [
      { ...aDocument(0, 10), steps: [{ ...found, output: firm }] },
      { ...aDocument(1, 20), steps: [{ ...found, output: firm }, skipped] },
    ];
    const leads = await RankedLeads.of(sourceOf(documents), CONTEXT, ALL, NEVER);
    expect(leads.providers).toMatchObject([
      { vendor: 'firm', op: 'enrich_company', found: 2, cost_micro: 10 },
    ]);
    expect(leads.outOfBudgetCount).toBe(1);
    expect(leads.troubledCount).toBe(1);
  });

  it('lists every company once, best first, numbered from 1, as often as asked', async () => {
    const documents = [aDocument(0, 10), aDocument(1, 90), aDocument(2, 50)];
    const leads = await RankedLeads.of(sourceOf(documents), CONTEXT, ALL, NEVER);
    const expected = [
      [1, 'Company 1'],
      [2, 'Company 2'],
      [3, 'Company 0'],
    ];
    expect(await listed(leads)).toEqual(expected);
    expect(await listed(leads)).toEqual(expected);
  });

  it('gives the same list in whatever order the companies come, over many pages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(100), { maxLength: 500 }), async (scores) => {
        const documents = scores.map((score, n) => aDocument(n, score));
        const [one, other] = await Promise.all(
          [documents, documents.toReversed()].map(async (order) =>
            listed(await RankedLeads.of(sourceOf(order), CONTEXT, ALL, NEVER)),
          ),
        );
        expect(one).toEqual(other);
        expect(one?.length).toBe(scores.length);
      }),
      { numRuns: 20 },
    );
  });

  it('counts buckets and the leads with problems, and names the best of those', async () => {
    const documents = [aDocument(0, 10, true), aDocument(1, 90), aDocument(2, 50, true)];
    const leads = await RankedLeads.of(sourceOf(documents), CONTEXT, ALL, NEVER);
    expect(leads.buckets).toEqual({ A: 1, B: 0, C: 2 });
    expect(leads.troubledCount).toBe(2);
    expect((await leads.troubled(1)).map(({ company }) => company.name)).toEqual(['Company 2']);
  });

  it('leaves out who is suppressed, be it since it was walked or since it was ranked', async () => {
    const documents = [
      aDocument(0, 10),
      { ...aDocument(1, 90), state: 'suppressed' as const },
      aDocument(2, 50),
      aDocument(3, 70),
    ];
    const out = new Set(['Company 2']);
    const check: LeadCheck = {
      screen: (leads) =>
        Promise.resolve(leads.map((lead) => (out.has(lead.company.name ?? '') ? null : lead))),
    };
    const leads = await RankedLeads.of(sourceOf(documents), CONTEXT, check, NEVER);
    expect(leads.count).toBe(2);
    expect(leads.troubledCount).toBe(0);
    expect(leads.suppressed).toMatchObject({
      total: 2,
      listed: [{ name: 'Company 1' }, { name: 'Company 2' }],
    });
    out.add('Company 3');
    expect(await listed(leads)).toEqual([[2, 'Company 0']]);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const leads = await RankedLeads.of(sourceOf([aDocument(0, 10)]), CONTEXT, ALL, stop.signal);
    stop.abort(new Error('enough'));
    await expect(listed(leads)).rejects.toThrow('enough');
  });
});
