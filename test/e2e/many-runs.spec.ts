import {
  domainOfKind,
  runMany,
  startTestCell,
  THREE_STEPS,
  type RunOutcome,
  type TestCell,
} from '#libs/testing';

const RUNS = 100;
/** Of each run: what is proved is that so many runs are kept apart. */
const COMPANIES = process.env.LEADGEN_FULL === '1' ? 20 : 8;
const KINDS = 20;

describe(`a hundred runs of ${COMPANIES} companies at once, on two workers of each stage`, () => {
  let cell: TestCell;
  let outcomes: RunOutcome[];

  beforeAll(async () => {
    cell = await startTestCell({
      workers: { normalize: 2, enrich: 2, export: 2 },
      api: true,
      tenants: THREE_STEPS,
    });
    ({ outcomes } = await runMany(cell, { runs: RUNS, companies: COMPANIES, kinds: KINDS }));
  }, 300_000);

  afterAll(() => cell.stop());

  it('all end with every company', () => {
    const incomplete = outcomes.filter(
      ({ state, leads }) => state !== 'completed' || leads.length !== COMPANIES,
    );
    expect(incomplete.map(({ kind, state, leads }) => ({ kind, state, leads: leads.length }))).toEqual([]);
  });

  it('none holds another’s companies', () => {
    for (const { kind, leads } of outcomes) {
      const own = new Set(Array.from({ length: COMPANIES }, (_, n) => domainOfKind(kind, n)));
      expect(leads.filter(({ company }) => !own.has(company.domain ?? ''))).toEqual([]);
    }
  });

  it('give identical leads for identical input, on content', () => {
    for (const { kind, leads } of outcomes) expect(leads).toEqual(outcomes[kind]?.leads);
  });

  it('never exceed a vendor’s cap and never buy twice, as the vendors count', async () => {
    const ledger = (await cell.control('GET', 'ledger')) as {
      vendors: Record<string, { refused: object }>;
      duplicates: number;
    };
    expect(Object.values(ledger.vendors).map(({ refused }) => refused)).toEqual(
      Object.values(ledger.vendors).map(() => ({})),
    );
    expect(ledger.duplicates).toBe(0);
  });
});
