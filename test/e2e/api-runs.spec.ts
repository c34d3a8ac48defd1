import { setTimeout as delay } from 'node:timers/promises';
import type { ListedLead } from '#libs/contracts';
import {
  askApi,
  hasEnded,
  postRun,
  simulatorBooks,
  startTestCell,
  THREE_STEPS,
  untilRun,
  waitUntil,
  websitesOf,
  type PostedRun,
  type TestCell,
} from '#libs/testing';

const RUNS = 10;
/** Of one tenant; the others are tenants of their own, which buy for themselves. */
const OF_ONE_TENANT = 6;
const COMPANIES = 12;
/** So many calls have come when the run is paused, of some hundred. */
const CALLS_BEFORE = 10;
/** A call granted before the pause may still be under way for so long after it. */
const LAST_CALL_MS = 1_000;
const WATCHED_MS = 2_500;

describe('runs over the API', () => {
  let cell: TestCell;

  beforeAll(async () => {
    cell = await startTestCell({
      api: true,
      workers: { enrich: 2 },
      tenants: THREE_STEPS,
      env: { LEADGEN_LOG_LEVEL: 'warn' },
    });
  });
  afterAll(() => cell.stop());

  const start = (tenant: string, tag: string, companies: number): Promise<PostedRun> =>
    postRun(cell, { tenant, websites: websitesOf(tag, companies) });

  async function leadsOf({ tenant, runId }: PostedRun): Promise<ListedLead[]> {
    const page = (await askApi(cell, tenant, `/${runId}/leads?limit=200`)) as {
      data: ListedLead[];
      next_cursor: string | null;
    };
    expect(page.next_cursor).toBeNull();
    return page.data;
  }

  it('ten of one input, at once and by several tenants, give identical leads, member by member', async () => {
    const tenants = Array.from({ length: RUNS }, (_, i) => (i < OF_ONE_TENANT ? 'acme' : `tenant-${i}`));
    const runs = await Promise.all(tenants.map((tenant) => start(tenant, 'identical', COMPANIES)));
    await Promise.all(
      runs.map(async (run) => {
        expect(await untilRun(cell, run, hasEnded)).toMatchObject({ state: 'completed' });
      }),
    );
    const [first = [], ...others] = await Promise.all(runs.map(leadsOf));
    expect(first).toHaveLength(COMPANIES);
    // Of something: leads without contacts and pages are easily the same.
    const telling = first.filter(({ contacts, website }) => contacts.length > 0 && website !== null);
    expect(telling.length).toBeGreaterThan(COMPANIES / 2);
    for (const leads of others) expect(leads).toEqual(first);
    // What one tenant has bought is no other's, and is bought by each once, however many runs ask for it at the same time.
    const bought = new Map<string, number>();
    for (const { vendor, op, input } of await simulatorBooks.entries(cell)) {
      const what = `${vendor} ${op} ${input}`;
      bought.set(what, (bought.get(what) ?? 0) + 1);
    }
    expect(new Set(bought.values())).toEqual(new Set([new Set(tenants).size]));
  });

  it('paused over the API, one calls no vendor a second later, and goes on when it is resumed', async () => {
    const run = await start('pauser', 'paused', 60);
    const vendors = Object.keys((await simulatorBooks.all(cell)).vendors);
    const arrivals = async (): Promise<number[]> =>
      (await Promise.all(vendors.map((vendor) => simulatorBooks.arrivals(cell, vendor)))).flat();
    const before = (await arrivals()).length;
    await waitUntil(async () => (await arrivals()).length > before + CALLS_BEFORE, {
      timeoutMs: 90_000,
      what: 'its vendors are asked',
    });
    const paused = await askApi(cell, 'pauser', `/${run.runId}/pause`, {});
    const pausedAt = Date.now();
    expect(paused).toMatchObject({ state: 'paused', pause_reason: 'person' });
    // That nothing happens takes a while to see.
    await delay(WATCHED_MS);
    const seen = await arrivals();
    expect(seen.filter((at) => at > pausedAt + LAST_CALL_MS)).toEqual([]);
    expect(await askApi(cell, 'pauser', `/${run.runId}`)).toMatchObject({ state: 'paused' });

    expect(await askApi(cell, 'pauser', `/${run.runId}/resume`, {})).toMatchObject({ state: 'running' });
    expect(await untilRun(cell, run, hasEnded)).toMatchObject({ state: 'completed', counters: { done: 60 } });
    expect((await arrivals()).length).toBeGreaterThan(seen.length);
  });
});
