import {
  hasEnded,
  onlyVendors,
  postRun,
  simulatorBooks,
  startTestCell,
  untilRun,
  waitUntil,
  websitesOf,
  type PostedRun,
  type RunView,
  type TestCell,
} from '#libs/testing';

const FULL = process.env.LEADGEN_FULL === '1';
const CALLS_PER_SECOND = 40;
const WEIGHTS: Readonly<Record<string, number>> = { heavy: 3, middle: 2, light: 1 };
const BACKLOG = FULL ? 1_000 : 150;
/** Of the neighbour, in runs of as many companies as the API takes. */
const NEIGHBOURS_RUNS = FULL ? 20 : 1;
const NEIGHBOURS_COMPANIES = FULL ? 1_000 : 600;
const FEW = 10;
const PROCESSES = 2;
const PATIENCE_MS = FULL ? 900_000 : 60_000;
/** Companies that a process has in hand from a lane: as many as calls may be in flight. */
const IN_HAND = 4;
/** Those of others in hand when the tenant's first and last are taken up may be served before them. */
const NOISE = 2 * PROCESSES * IN_HAND;

const window = { name: 'second', kind: 'sliding', limit: CALLS_PER_SECOND, length_ms: 1_000 };

describe('tenants that share a vendor’s cap', () => {
  let cell: TestCell;

  beforeAll(async () => {
    cell = await startTestCell({
      workers: { enrich: 0 },
      api: true,
      vendors: Object.fromEntries(
        ['hunter', 'lusha'].map((vendor) => [
          vendor,
          { only_these_windows: true, windows: [window], concurrency: IN_HAND },
        ]),
      ),
      tenants: {
        ...Object.fromEntries(
          Object.entries(WEIGHTS).map(([tenant, weight]) => [
            tenant,
            { weight, waterfalls: onlyVendors({ find_contacts: ['hunter'] }) },
          ]),
        ),
        default: { waterfalls: onlyVendors({ find_contacts: ['lusha'] }) },
      },
      env: { LEADGEN_ENRICH_CONCURRENCY: String(IN_HAND), LEADGEN_LOG_LEVEL: 'warn' },
    });
    for (const vendor of ['hunter', 'lusha']) {
      const windows = [{ kind: 'sliding', limit: CALLS_PER_SECOND, lengthMs: 1_000 }];
      await cell.control('POST', 'caps', { vendor, windows });
    }
  });

  afterAll(() => cell.stop());

  const post = (tenant: string, companies: number, part = ''): Promise<PostedRun> =>
    postRun(cell, { tenant, websites: websitesOf(`${tenant}${part}`, companies) });

  /** All companies of these runs have been given their places. */
  async function allWait(runs: readonly PostedRun[], companies: number): Promise<void> {
    for (const run of runs) {
      const wait = ({ counters }: RunView): boolean => counters.candidates === companies;
      await untilRun(cell, run, wait, { timeoutMs: PATIENCE_MS, what: 'its companies wait' });
    }
  }

  /** Whose calls a vendor served, in their order. */
  async function served(vendor: string): Promise<string[]> {
    const entries = await simulatorBooks.entries(cell, vendor);
    return entries.map(({ input }) => /([a-z]+)\d*-company\d+\.com/.exec(input)?.[1] ?? input);
  }

  async function untilServed(
    vendor: string,
    holds: (tenants: string[]) => boolean,
    what: string,
  ): Promise<string[]> {
    let tenants: string[] = [];
    const look = async (): Promise<boolean> => holds((tenants = await served(vendor)));
    await waitUntil(look, { timeoutMs: PATIENCE_MS, what });
    return tenants;
  }

  it(
    '3:2:1 by weight get 3:2:1 of its calls, while all have work waiting',
    async () => {
      const posted = await Promise.all(Object.keys(WEIGHTS).map((tenant) => post(tenant, BACKLOG)));
      // Nobody is to have a start on the others.
      await allWait(posted, BACKLOG);
      await Promise.all(Array.from({ length: PROCESSES }, () => cell.start('enrich')));
      const half = (BACKLOG * posted.length) / 2;
      const first = (await untilServed('hunter', ({ length }) => length >= half, 'half is served')).slice(
        0,
        half,
      );
      const sum = Object.values(WEIGHTS).reduce((total, weight) => total + weight, 0);
      const shares = Object.entries(WEIGHTS).map(([tenant, weight]) => ({
        tenant,
        calls: first.filter((name) => name === tenant).length,
        due: (half * weight) / sum,
      }));
      print('weights', { calls: half, shares });
      for (const { calls, due } of shares) {
        expect(calls).toBeGreaterThanOrEqual(due * 0.9);
        expect(calls).toBeLessThanOrEqual(due * 1.1);
      }
      expect((await simulatorBooks.of(cell, 'hunter')).over).toBe(0);
    },
    PATIENCE_MS + 60_000,
  );

  it(
    `a tenant with ${FEW} companies gets every second call beside one with thousands`,
    async () => {
      const parts = Array.from({ length: NEIGHBOURS_RUNS }, (_, part) => String(part));
      const many = await Promise.all(parts.map((part) => post('neighbour', NEIGHBOURS_COMPANIES, part)));
      await allWait(many, NEIGHBOURS_COMPANIES);
      const before = await untilServed(
        'lusha',
        ({ length }) => length >= 100,
        'the neighbour is well under way',
      );
      expect(new Set(before)).toEqual(new Set(['neighbour']));
      const postedAfter = (await served('lusha')).length;
      const few = await post('small', FEW);
      await untilRun(cell, few, hasEnded);
      const all = await served('lusha');
      const own = all.flatMap((tenant, i) => (tenant === 'small' ? [i] : []));
      const [from = NaN, to = NaN] = [own[0], own.at(-1)];
      const others = to - from + 1 - own.length;
      print('few_beside_many', {
        companies: FEW,
        neighbours: NEIGHBOURS_RUNS * NEIGHBOURS_COMPANIES,
        calls_of_others_meanwhile: others,
        calls_before_the_first: from - postedAfter,
      });
      expect(own).toHaveLength(FEW);
      expect(all.length - own.length).toBeLessThan(NEIGHBOURS_RUNS * NEIGHBOURS_COMPANIES);
      // Alone it would take ten calls' time: twice that is ten of others'.
      expect(others).toBeLessThanOrEqual(FEW + NOISE);
      // From being posted to the first call: planned, shortlisted and given its place, not sent to the end of the line.
      expect(from - postedAfter).toBeLessThanOrEqual(STARTING_CALLS_MAX);
      expect((await simulatorBooks.of(cell, 'lusha')).over).toBe(0);
    },
    PATIENCE_MS + 60_000,
  );
});

/** What the neighbour may be served in the seconds that it takes on a busy machine to plan a run. */
const STARTING_CALLS_MAX = 5 * CALLS_PER_SECOND;

function print(scenario: string, figures: object): void {
  process.stdout.write(`${JSON.stringify({ e2e: 'fair_share', scenario, ...figures })}\n`);
}
