import { setTimeout as delay } from 'node:timers/promises';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { RunRepository } from '#libs/run-state';
import {
  attemptsBurned,
  hasEnded,
  onlyVendors,
  postRun,
  runFiles,
  runFolder,
  simulatorBooks,
  startTestCell,
  untilRun,
  waitUntil,
  websitesOf,
  type PostedRun,
  type RunView,
  type TestCell,
} from '#libs/testing';
import { reopenVendor } from './reopen-vendor';

const FULL = process.env.LEADGEN_FULL === '1';
const PROCESSES = 2;
const CONCURRENCY = 4;
/** Calls that can be under way when one of them is answered. */
const OTHERS_UNDER_WAY = PROCESSES * CONCURRENCY - 1;
/** A call under way has arrived by then, however busy the machine; what arrives later was asked afterwards. */
const ARRIVED_MS = 3_000;
const RETRY_AFTER_S = 7;
const QUIET_MS = 2_000;
/** Two seconds are the promise; the rest is for a busy machine. */
const REOPENING_FELT_MS_MAX = 2_000 + 2_000;
const FAULTS_TO_OPEN = 5;
const DEAD_WATCHED_MS = FULL ? 65_000 : 6_000;
const PROBE_EVERY_MS = 30_000;

const passesOn = { on_wait: 'next-provider' };
const TENANTS = {
  seconds: { waterfalls: onlyVendors({ enrich_company: ['apollo'] }) },
  date: { waterfalls: onlyVendors({ find_contacts: ['hunter'], verify_email: ['zerobounce'] }) },
  meanwhile: { waterfalls: onlyVendors({ find_signals: ['tavily'] }) },
  quota: { waterfalls: onlyVendors({ enrich_company: ['lusha'] }) },
  passes: {
    waterfalls: onlyVendors({ enrich_company: ['lusha', 'apollo'] }),
    policies: { enrich_company: passesOn },
  },
  first: {
    waterfalls: onlyVendors({ find_signals: ['apify', 'tavily'] }),
    policies: { find_signals: passesOn },
  },
  dead: { waterfalls: onlyVendors({ find_contacts: ['hunter'] }) },
  dodges: {
    waterfalls: onlyVendors({ find_contacts: ['hunter', 'apollo'] }),
    policies: { find_contacts: passesOn },
  },
} as const;

describe('what a vendor answers instead of an answer', () => {
  let cell: TestCell;
  let redis: RedisClient;
  let runs: RunRepository;
  const keys = new CellKeys('main');

  beforeAll(async () => {
    cell = await startTestCell({
      workers: { enrich: PROCESSES },
      api: true,
      tenants: TENANTS,
      env: { LEADGEN_ENRICH_CONCURRENCY: String(CONCURRENCY), LEADGEN_LOG_LEVEL: 'warn' },
    });
    redis = createRedis(cell.env.REDIS_URL ?? '', workerConnectionOptions());
    await redis.connect();
    runs = new RunRepository(redis, keys);
  });

  afterEach(async () => {
    await cell.control('DELETE', 'faults');
    await cell.control('DELETE', 'caps');
    await cell.control('DELETE', 'latency');
    await cell.control('DELETE', 'ledger');
  });

  afterAll(async () => {
    await closeRedis(redis);
    await cell.stop();
  });

  const post = (tenant: keyof typeof TENANTS, companies: number, tag: string = tenant): Promise<PostedRun> =>
    postRun(cell, { tenant, websites: websitesOf(tag, companies) });

  async function problemsOf(view: RunView): Promise<unknown[]> {
    const leads = await runFiles.jsonl(runFolder(cell, view), 'leads.jsonl');
    return leads.flatMap(({ problems }) => problems as unknown[]);
  }

  it('429 with Retry-After, in seconds or as a date: nobody asks before then, others are asked, no attempt is burned', async () => {
    await cell.control('POST', 'latency', { vendor: 'tavily', ms: 900 });
    const until = Math.floor(Date.now() / 1_000 + RETRY_AFTER_S + 3) * 1_000;
    const struck = { kind: 'rate_limit', count: 1 };
    await cell.control('POST', 'faults', { vendor: 'apollo', ...struck, retryAfter: String(RETRY_AFTER_S) });
    await cell.control('POST', 'faults', {
      vendor: 'zerobounce',
      ...struck,
      retryAfter: new Date(until).toUTCString(),
    });
    const posted = await Promise.all([post('seconds', 30), post('date', 30), post('meanwhile', 60)]);
    await waitUntil(async () => (await redis.zcard(keys.queue('enrich.sim-apollo', 'prioritized'))) >= 15, {
      timeoutMs: 60_000,
      what: 'half of its companies wait for it in its lane',
    });
    const burned = await attemptsBurned(redis);
    const views = await Promise.all(posted.map((run) => untilRun(cell, run, hasEnded)));

    const [apollo = [], zerobounce = [], tavily = []] = await Promise.all(
      ['apollo', 'zerobounce', 'tavily'].map((vendor) => simulatorBooks.arrivals(cell, vendor)),
    );
    const bySeconds = arrivalsWhileClosed(apollo, (apollo[0] ?? 0) + RETRY_AFTER_S * 1_000);
    const byDate = arrivalsWhileClosed(zerobounce, until);
    const asked = tavily.filter(
      (at) => at > (apollo[0] ?? 0) && at < (apollo[0] ?? 0) + RETRY_AFTER_S * 1_000,
    );
    print('retry_after', { bySeconds, byDate, others_asked: asked.length, attempts_burned: burned });
    for (const { underWay, early } of [bySeconds, byDate]) {
      expect(underWay).toBeLessThanOrEqual(OTHERS_UNDER_WAY);
      expect(early).toBe(0);
    }
    expect(asked.length).toBeGreaterThan(0);
    expect(burned).toBe(0);
    expect(views.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed']);
    expect((await Promise.all(views.map(problemsOf))).flat()).toEqual([]);
  });

  it('402: the run pauses once and says why, the vendor is left alone, runs that may pass on do; a person opens it', async () => {
    await cell.control('POST', 'caps', { vendor: 'lusha', credits: 3 });
    await cell.control('POST', 'caps', { vendor: 'apify', credits: 0 });
    const waiting = await post('quota', 25);
    const first = await post('first', 25);
    const isPaused = ({ state }: RunView): boolean => state === 'paused';
    const paused = await untilRun(cell, waiting, isPaused, { what: 'it has paused' });
    expect(paused.pause_reason).toBe('vendor_cap');
    expect(paused.status.message).toMatch(/^Paused: .*\bquota\b.*, resumes .+ of 25 companies enriched$/);

    const asked = await requestsTo('lusha');
    expect(asked.refused).toBeLessThanOrEqual(OTHERS_UNDER_WAY + 1);
    // Runs that may pass on do so meanwhile; afterwards nothing is to happen, which takes a while to see.
    const passing = await untilRun(cell, await post('passes', 25), hasEnded);
    const passed = await untilRun(cell, first, hasEnded);
    await delay(QUIET_MS);
    expect(await requestsTo('lusha')).toEqual(asked);
    for (const run of [passing, passed]) {
      expect(run.state).toBe('completed');
      expect(run.status_history.filter(({ message }) => message.startsWith('Paused'))).toEqual([]);
    }
    const apify = await requestsTo('apify');
    expect(apify.refused).toBeGreaterThan(0);
    expect(apify.refused).toBeLessThanOrEqual(OTHERS_UNDER_WAY + 1);
    expect((await simulatorBooks.of(cell, 'tavily')).calls).toBe(25);

    await cell.control('POST', 'caps', { vendor: 'lusha', credits: null });
    const before = (await simulatorBooks.arrivals(cell, 'lusha')).length;
    const openedAt = await reopenVendor(cell, 'lusha');
    const view = await untilRun(cell, waiting, hasEnded);
    const feltMs = Math.round(
      ((await simulatorBooks.arrivals(cell, 'lusha'))[before] ?? Infinity) - openedAt,
    );
    const types = (await runs.events({ tenantId: waiting.tenant, runId: waiting.runId })).map(
      ({ type }) => type,
    );
    print('quota', { refused: asked.refused, passed_on_refused: apify.refused, reopening_felt_ms: feltMs });
    expect(feltMs).toBeLessThanOrEqual(REOPENING_FELT_MS_MAX);
    expect(view.state).toBe('completed');
    expect(types.filter((type) => type === 'run_paused')).toHaveLength(1);
    expect(types.filter((type) => type === 'run_resumed')).toHaveLength(1);
    expect((await simulatorBooks.all(cell)).duplicates).toBe(0);
  });

  it('5xx: after five in a row the vendor is left alone but for a probe each half minute; others go on, the run ends', async () => {
    await cell.control('POST', 'faults', { vendor: 'hunter', kind: 'server_error' });
    const [dead, dodges] = await Promise.all([post('dead', 25), post('dodges', 25)]);
    expect((await untilRun(cell, dodges, hasEnded)).state).toBe('completed');
    expect((await simulatorBooks.of(cell, 'apollo')).calls).toBe(25);
    await delay(DEAD_WATCHED_MS);
    const arrivals = await simulatorBooks.arrivals(cell, 'hunter');
    const openedAt = arrivals[FAULTS_TO_OPEN - 1] ?? Infinity;
    const whileOpen = arrivals.slice(FAULTS_TO_OPEN);
    const probes = whileOpen.filter((at) => at > openedAt + ARRIVED_MS);
    const watchedMs = Date.now() - openedAt;
    print('server_error', {
      asked: arrivals.length,
      probes: probes.length,
      watched_s: Math.round(watchedMs / 1_000),
    });
    expect(whileOpen.length - probes.length).toBeLessThanOrEqual(OTHERS_UNDER_WAY);
    expect(probes.length).toBeLessThanOrEqual(Math.ceil(watchedMs / PROBE_EVERY_MS));

    await cell.control('DELETE', 'faults');
    await reopenVendor(cell, 'hunter');
    const view = await untilRun(cell, dead, hasEnded);
    expect(view.state).toBe('completed');
    expect(await problemsOf(view)).toEqual([]);
  });

  /** Let in and turned away. */
  async function requestsTo(vendor: string): Promise<{ arrived: number; refused: number }> {
    const arrivals = await simulatorBooks.arrivals(cell, vendor);
    return { arrived: arrivals.length, refused: await simulatorBooks.refusals(cell, vendor) };
  }
});

/** Arrivals after the first one, which was told to go away until then: those that were under way, and those that came too early. */
function arrivalsWhileClosed(
  [first = 0, ...others]: readonly number[],
  until: number,
): { underWay: number; early: number; later: number; reopenedAfterMs: number } {
  const before = others.filter((at) => at < until);
  const early = before.filter((at) => at > first + ARRIVED_MS).length;
  const next = others.find((at) => at >= until) ?? Infinity;
  return {
    underWay: before.length - early,
    early,
    later: others.length - before.length,
    reopenedAfterMs: Math.round(next - until),
  };
}

function print(scenario: string, figures: object): void {
  process.stdout.write(`${JSON.stringify({ e2e: 'vendor_answers', scenario, ...figures })}\n`);
}
