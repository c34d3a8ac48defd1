import { shortHash } from '#libs/kernel';
import {
  onlyVendors,
  postRun,
  simulatorBooks,
  startTestCell,
  untilRun,
  websitesOf,
  hasEnded,
} from '#libs/testing';
import type { SpawnedApp, TestCell } from '#libs/testing';

const COMPANIES = 30;
const WEBSITES = websitesOf('poison', COMPANIES);
const POISONED = WEBSITES[7] ?? '';
/** Long enough that others are in hand whenever the worker dies. */
const LATENCY_MS = 400;
const PATIENCE_MS = 200_000;

describe('a company that kills every worker that walks it', () => {
  let cell: TestCell;

  beforeAll(async () => {
    cell = await startTestCell({
      workers: { enrich: 0 },
      api: true,
      tenants: {
        acme: { waterfalls: onlyVendors({ enrich_company: ['apollo'], find_contacts: ['hunter'] }) },
      },
      vendors: Object.fromEntries(
        ['apollo', 'hunter'].map((vendor) => [vendor, { only_these_windows: true, windows: [] }]),
      ),
    });
    for (const vendor of ['apollo', 'hunter'])
      await cell.control('POST', 'latency', { vendor, ms: LATENCY_MS, jitterMs: 0 });
  });

  afterAll(() => cell.stop());

  /** Starts the worker again whenever it dies, as a supervisor does; answers how often it died. */
  async function keepAlive(ended: AbortSignal): Promise<number> {
    const id = `c_${shortHash(POISONED, 16)}`;
    let deaths = 0;
    for (;;) {
      const worker: SpawnedApp = await cell.start('enrich', { LEADGEN_FAILPOINT: `enrich.walk=${id}:kill` });
      const over = new Promise<'over'>((resolve) => {
        if (ended.aborted) resolve('over');
        ended.addEventListener('abort', () => resolve('over'));
      });
      if ((await Promise.race([worker.exited, over])) === 'over') return deaths;
      deaths += 1;
    }
  }

  it(
    'is given up after three deaths, listed with the reason, and all others complete',
    async () => {
      const run = await postRun(cell, { tenant: 'acme', websites: WEBSITES });
      const started = performance.now();
      const ended = new AbortController();
      const living = keepAlive(ended.signal);
      const view = await untilRun(cell, run, hasEnded, { timeoutMs: PATIENCE_MS });
      ended.abort();
      const deaths = await living;
      const books = await simulatorBooks.all(cell);
      const failed = (view.output?.failed ?? []).filter(({ reason }) => !reason.includes('in doubt'));
      process.stdout.write(
        `${JSON.stringify({ chaos: 'poison_company', deaths, failed: failed.length, in_doubt: (view.output?.failed_total ?? 0) - failed.length, duplicates: books.duplicates, seconds: Math.round((performance.now() - started) / 1_000) })}\n`,
      );
      expect(deaths).toBe(3);
      expect(failed).toEqual([
        expect.objectContaining({ reason: expect.stringMatching(/poison: worker processes die/) }),
      ]);
      expect(view.state).toBe('partial');
      expect(view.counters).toMatchObject({ candidates: COMPANIES, done: COMPANIES - 1, failed: 1 });
      expect(books.duplicates).toBe(0);
    },
    PATIENCE_MS + 60_000,
  );
});
