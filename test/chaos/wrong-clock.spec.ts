import { CellKeys, closeRedis, createRedis, workerConnectionOptions } from '#libs/redis';
import {
  hasEnded,
  onlyVendors,
  postRun,
  simulatorBooks,
  spawnApp,
  startTestCell,
  startTestRedis,
  untilDayLasts,
  untilRun,
  websitesOf,
  type SpawnedApp,
  type TestCell,
  type TestRedis,
} from '#libs/testing';
import { WorkerRegistry } from '#libs/run-state';
import { bringWrongClock, wrongClock } from './wrong-clock-library';

/** A cell in which a clock may be wrong by two days. */
const ANY_CLOCK = { LEADGEN_CLOCK_SKEW_MAX_MS: '172800000' };

const FULL = process.env.LEADGEN_FULL === '1';
/** One process is right; others are an hour late, an hour early, and in another day. */
const OFFSETS = ['+1h', '-1h', '+25h'];
const WINDOW_MS = 4_000;
const LIMIT = 40;
const COMPANIES = FULL ? 1_000 : 160;
const DAY_MS = 86_400_000;
const DAY_LIMIT = 30;
const DAY_COMPANIES = 60;
const TENANT_DAY_USD = 1;
const VENDOR_DAY_USD = 0.5;
const PRICES: Readonly<Record<string, number>> = { lusha: 0.1, apify: 0.025 };
const PATIENCE_MS = FULL ? 600_000 : 120_000;

const WINDOWS = {
  hunter: { name: 'minute', kind: 'fixed', limit: LIMIT, lengthMs: WINDOW_MS },
  apollo: { name: 'minute', kind: 'anchored', limit: LIMIT, lengthMs: WINDOW_MS },
  tavily: { name: 'day', kind: 'fixed', limit: DAY_LIMIT, lengthMs: DAY_MS },
} as const;

const passesOn = { on_wait: 'next-provider' };
const TENANTS = {
  windows: { waterfalls: onlyVendors({ enrich_company: ['apollo'], find_contacts: ['hunter'] }) },
  day: {
    waterfalls: onlyVendors({ find_signals: ['tavily', 'apify'] }),
    policies: { find_signals: passesOn },
  },
  budget: {
    waterfalls: onlyVendors({ enrich_company: ['lusha'] }),
    budgets: { day_usd: TENANT_DAY_USD },
  },
};

const brought = bringWrongClock();

it('the library for wrong clocks is there, in CI at least', () => {
  if ('missing' in brought) process.stdout.write(`- wrong clocks left out: ${brought.missing}\n`);
  expect(
    process.env.CI && 'missing' in brought ? `libfaketime is needed in CI: ${brought.missing}` : '',
  ).toBe('');
});

if ('preload' in brought) {
  describe('enrich processes whose clocks are wrong by an hour and by a day', () => {
    let cell: TestCell;
    let wrong: SpawnedApp[];

    beforeAll(async () => {
      cell = await startTestCell({
        workers: { enrich: 1 },
        api: true,
        vendors: {
          ...Object.fromEntries(
            Object.entries(WINDOWS).map(([vendor, { lengthMs, ...window }]) => [
              vendor,
              { only_these_windows: true, windows: [{ ...window, length_ms: lengthMs }] },
            ]),
          ),
          lusha: { price_per_unit_usd: PRICES.lusha },
          apify: { price_per_unit_usd: PRICES.apify, day_budget_usd: VENDOR_DAY_USD },
        },
        tenants: TENANTS,
        env: { LEADGEN_ENRICH_CONCURRENCY: '4', ...ANY_CLOCK },
      });
      for (const [vendor, { kind, limit, lengthMs }] of Object.entries(WINDOWS)) {
        await cell.control('POST', 'caps', { vendor, windows: [{ kind, limit, lengthMs }] });
      }
      wrong = await Promise.all(
        OFFSETS.map((offset) =>
          cell.start('enrich', { ...wrongClock(brought.preload, offset), LEADGEN_LOG_LEVEL: 'debug' }),
        ),
      );
    });

    afterAll(() => cell.stop());

    it(
      'keep every window and every day’s budget as the vendors count, and end every run',
      async () => {
        await untilDayLasts(60_000);
        const day = utcDay();
        const started = performance.now();
        const posted = await Promise.all([
          postRun(cell, { tenant: 'windows', websites: websitesOf('windows', COMPANIES) }),
          postRun(cell, { tenant: 'day', websites: websitesOf('day', DAY_COMPANIES) }),
          postRun(cell, { tenant: 'budget', websites: websitesOf('budget', DAY_COMPANIES) }),
        ]);
        const views = await Promise.all(
          posted.map((run) => untilRun(cell, run, hasEnded, { timeoutMs: PATIENCE_MS })),
        );
        const books = await simulatorBooks.all(cell);
        const spentUsd = (vendor: string): number =>
          (books.vendors[vendor]?.units ?? 0) * (PRICES[vendor] ?? 0);
        const over = Object.values(books.vendors).reduce((sum, vendor) => sum + vendor.over, 0);
        const days = utcDay() === day ? 1 : 2;
        const served = wrong.map((app) => app.log().split('job ended').length - 1);
        print({
          offsets: OFFSETS,
          served_by_each: served,
          over,
          duplicates: books.duplicates,
          day_calls: books.vendors.tavily?.calls,
          tenant_day_usd: spentUsd('lusha'),
          vendor_day_usd: spentUsd('apify'),
          states: views.map(({ state }) => state),
          seconds: Math.round((performance.now() - started) / 1_000),
        });
        expect(Math.min(...served)).toBeGreaterThan(0);
        for (const { state } of views) expect(['completed', 'partial']).toContain(state);
        expect(over).toBe(0);
        expect(books.duplicates).toBe(0);
        expect(books.vendors.hunter?.calls).toBe(COMPANIES);
        expect(books.vendors.apollo?.calls).toBe(COMPANIES);
        expect(books.vendors.tavily?.calls).toBe(DAY_LIMIT);
        expect(spentUsd('lusha')).toBeLessThanOrEqual(days * TENANT_DAY_USD);
        expect(spentUsd('apify')).toBeLessThanOrEqual(days * VENDOR_DAY_USD);
      },
      PATIENCE_MS + 100_000,
    );
  });

  describe('a process whose clock is wrong by more than it may be', () => {
    let server: TestRedis;

    beforeAll(async () => {
      server = await startTestRedis();
    });

    afterAll(() => server.stop());

    it.each([
      ['enrich', '+6s', {}, /6\.\d s ahead of/],
      ['normalize', '-6s', {}, /[56]\.\d s behind/],
      ['export', '+1h', {}, /3600\.\d s ahead of/],
      ['api', '-1h', { LEADGEN_API_PORT: '0' }, /3[56]\d\d\.\d s behind/],
    ] as const)('does not start: %s, %s', async (app, offset, env, says) => {
      const started = spawnApp(app, {
        ...wrongClock(brought.preload, offset),
        ...env,
        REDIS_URL: server.url,
        ORCHESTRATOR_OFFLINE: '1',
      });
      const ended = started.then(
        () => 'it started',
        (error: unknown) => String(error),
      );
      expect(await ended).toMatch(/ended \(78\)[\s\S]*LEADGEN_CLOCK_SKEW_MAX_MS/);
      expect(await ended).toMatch(says);
    });

    it('starts where it may be, warns once, and its heartbeat says by how much', async () => {
      const redis = createRedis(server.url, workerConnectionOptions());
      await redis.connect();
      const app = await spawnApp('export', {
        ...wrongClock(brought.preload, '+1h'),
        ...ANY_CLOCK,
        REDIS_URL: server.url,
        ORCHESTRATOR_OFFLINE: '1',
      });
      try {
        const [worker] = await new WorkerRegistry(redis, new CellKeys('main')).list('export');
        expect(Math.round((worker?.skewMs ?? 0) / 60_000)).toBe(60);
        expect(app.log().split('"event":"clock_skew"').length - 1).toBe(1);
      } finally {
        await app.stop();
        await closeRedis(redis);
      }
    });
  });
}

function utcDay(): string {
  return new Date().toISOString().slice(0, 10);
}

function print(figures: object): void {
  process.stdout.write(`${JSON.stringify({ chaos: 'wrong_clock', ...figures })}\n`);
}
