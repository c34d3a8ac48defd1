import fc from 'fast-check';
import {
  CellKeys,
  closeRedis,
  createBusyRedis,
  createRedis,
  workerConnectionOptions,
  type RedisClient,
} from '#libs/redis';
import { startTestRedis, type TestRedis } from '#libs/testing';
import { request } from '../test/call-builder';
import { ControlledClock } from '../test/controlled-clock';
import type { AcquireAnswer, CallRequest, Cap, Settlement } from './gate.port';
import { acquireAnswer, acquireCall, type AcquireReply } from './acquire-call';
import { leaseOf } from './acquire-terms';
import { Purchases } from './purchase';
import { RedisGate } from './redis-gate';

const FULL = process.env.LEADGEN_FULL === '1';
const ROUNDS = FULL ? 1_000 : 60;
const NOON = Math.floor(Date.now() / 86_400_000) * 86_400_000 + 43_200_000;
const COST = 25_000;

const window = (name: string, kind: 'sliding' | 'fixed' | 'anchored', limit: number, lengthMs: number) =>
  ({ name, kind, limit, lengthMs, units: 1 }) as const;
const CAPS: readonly Cap[] = [
  {
    id: 'a',
    concurrency: 4,
    windows: [window('second', 'sliding', 5, 1_000), window('minute', 'fixed', 9, 60_000)],
  },
  { id: 'b', concurrency: 9, windows: [{ ...window('ten', 'anchored', 12, 10_000), units: 2 }] },
];
const KEPT: Settlement = {
  kind: 'keep',
  answer: { kind: 'empty' },
  ttlMs: 9e8,
  costMicro: COST - 1,
  lesson: { health: 'ok', tookMs: 120 },
};
const PENDING: Settlement = { kind: 'pending', resume: 'r', inMs: 4_000, costMicro: 5 };
const SETTLEMENTS: readonly Settlement[] = [
  KEPT,
  { kind: 'free', sent: true, lesson: { health: 'fault' } },
  { kind: 'free', sent: false },
  { kind: 'doubt', lesson: { health: 'fault' } },
  PENDING,
  {
    kind: 'free',
    sent: true,
    lesson: {
      health: 'none',
      close: { forMs: 3_000, why: 'rate_limited' },
      readings: [{ window: 'second', limit: 4, left: 1 }],
    },
  },
];

/** Of two runs of two tenants each, for few things, so that calls meet: in the ledger, in a window, in a budget. */
const call = fc.record({
  tenant: fc.constantFrom('acme', 'globex'),
  run: fc.constantFrom('run_1', 'run_2'),
  thing: fc.integer({ min: 0, max: 5 }),
  cap: fc.constantFrom(...CAPS),
  budget: fc.constantFrom(null, 4 * COST),
  repeatable: fc.boolean(),
});
/**
 * Calls of one moment, then how those that were granted end, `ms` later; null: its process was killed. `late`: the next
 * moment's calls come before that.
 */
const moment = fc.record({
  calls: fc.array(call, { minLength: 1, maxLength: 12 }),
  ends: fc.array(fc.constantFrom(...SETTLEMENTS, null), { minLength: 12, maxLength: 12 }),
  ms: fc.constantFrom(0, 1, 400, 1_001, 12_000, 31_000),
  late: fc.constant<boolean>(false),
});
type Moment = typeof moment extends fc.Arbitrary<infer T> ? Omit<T, 'ms'> & { ms: number } : never;

/** The usual four times in five, else one of the others. */
function mostly<const Usual, const Other>(usual: Usual, ...others: Other[]): fc.Arbitrary<Usual | Other> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

/** Wide enough for a dozen calls that ask the same to be granted in a row, and narrow enough for the row to end. */
const WIDE_CAP: Cap = {
  id: 'wide',
  concurrency: 9,
  windows: [window('second', 'sliding', 10, 1_000), { ...window('ten', 'anchored', 36, 10_000), units: 2 }],
};
/** Most calls of a run: for things of their own, answered by a healthy vendor; a few are not like the others. */
const alike = fc.record({
  tenant: fc.constant('acme'),
  run: mostly('run_1', 'run_2'),
  thing: fc.integer({ min: 0, max: 25 }),
  cap: fc.constant(WIDE_CAP),
  budget: mostly(null, 30 * COST),
  repeatable: fc.constant(true),
});
const busyMoment = fc.record({
  calls: fc.array(alike, { minLength: 8, maxLength: 12 }),
  ends: fc.array(mostly(KEPT, ...SETTLEMENTS, null), { minLength: 12, maxLength: 12 }),
  ms: fc.constantFrom(0, 1, 400, 1_001, 7_900, 9_001, 12_000),
  late: fc.boolean(),
});

describe('calls of the gate that share a command', () => {
  let server: TestRedis;
  let alone: RedisClient;
  let together: RedisClient;
  let clock: ControlledClock;
  let cells = 0;

  beforeAll(async () => {
    server = await startTestRedis();
    alone = createRedis(server.url, workerConnectionOptions());
    together = createBusyRedis(server.url);
    await Promise.all([alone.connect(), together.connect()]);
    clock = new ControlledClock(alone, NOON);
  });

  afterAll(async () => {
    await Promise.all([closeRedis(alone), closeRedis(together)]);
    await server.stop();
  });

  const requestOf = (asked: Moment['calls'][number], n: number): CallRequest => ({
    ...request(`call-${n}`, { thing: asked.thing }),
    tenantId: asked.tenant,
    runId: asked.run,
    cap: asked.cap,
    budgets: { run: asked.budget, tenantDay: asked.budget && asked.budget * 2, vendorDay: null },
    repeatable: asked.repeatable,
    deadlineMs: 5_000,
  });

  /** Lives through the moments in a cell of its own; answers what each call was told, and all that is stored in the end. */
  async function live(
    redis: RedisClient,
    inTurn: (work: (() => Promise<unknown>)[]) => Promise<unknown[]>,
    moments: readonly Moment[],
    subjects: readonly string[] | null,
  ): Promise<{ told: unknown[]; stored: unknown }> {
    cells += 1;
    const keys = new CellKeys(`c${cells}`);
    const gate = new RedisGate(redis, keys, undefined, clock.scripts);
    const purchases = new Purchases(keys);
    // The script alone: the gate also repairs what the dead hold and asks again, and by then others have asked.
    const acquire = async (one: CallRequest): Promise<AcquireAnswer> => {
      const call = acquireCall(one, purchases.of(one), subjects);
      const reply = await clock.scripts.acquire.run(redis, call.keys, call.args);
      return acquireAnswer(reply as unknown as AcquireReply, leaseOf(one));
    };
    for (const tenant of ['acme', 'globex']) {
      if (subjects) await alone.sadd(keys.suppressed(tenant), 'somebody');
      for (const run of ['run_1', 'run_2']) {
        await alone.hset(keys.run(tenant, run), {
          state: run === 'run_1' ? 'running' : 'paused',
          pause_reason: 'vendor_cap',
        });
      }
      await alone.hset(keys.company(tenant, 'run_1', 'c_1'), { state: 'pending' });
    }
    await clock.set(NOON);
    const told: unknown[] = [];
    let settling: (() => Promise<unknown>)[] = [];
    for (const [m, { calls, ends, ms, late }] of moments.entries()) {
      const requests = calls.map((asked, n) => requestOf(asked, m * 100 + n));
      const answers = (await inTurn(requests.map((one) => () => acquire(one)))) as AcquireAnswer[];
      told.push(...answers);
      await clock.advance(ms);
      const settlings = requests.flatMap((one, n) => {
        const answer = answers[n];
        const end = ends[n];
        if (answer?.kind !== 'granted' || !end) return [];
        return [() => gate.settle(one, answer, end, { [`s:${n}`]: '{}' })];
      });
      if (late) {
        settling.push(...settlings);
      } else {
        await inTurn([...settling, ...settlings]);
        settling = [];
      }
    }
    return { told, stored: await storedIn(keys) };
  }

  async function storedIn(keys: CellKeys): Promise<unknown> {
    const root = keys.caps().split(':').slice(0, 2).join(':');
    const found: Record<string, unknown> = {};
    for (const key of (await alone.keys(`${root}:*`)).sort()) {
      if (key === keys.caps() || key === keys.capEvents()) continue;
      const type = await alone.type(key);
      const value =
        type === 'hash'
          ? await alone.hgetall(key)
          : type === 'zset'
            ? await alone.zrange(key, '0', '-1', 'WITHSCORES')
            : type;
      const ttl = (await alone.pttl(key)) > 0;
      found[key.slice(root.length)] = JSON.parse(
        JSON.stringify({ value, ttl }).replaceAll(`{${keys.cell}}`, '{}'),
      );
    }
    return found;
  }

  const oneByOne = async (work: (() => Promise<unknown>)[]): Promise<unknown[]> => {
    const done: unknown[] = [];
    for (const one of work) done.push(await one());
    return done;
  };
  const atOnce = (work: (() => Promise<unknown>)[]): Promise<unknown[]> =>
    Promise.all(work.map((one) => one()));

  it.each<{ of: string; moments: fc.Arbitrary<Moment>; subjects: readonly string[] | null }>([
    { of: 'calls of all kinds', moments: moment, subjects: ['nobody'] },
    { of: 'calls that ask much the same', moments: busyMoment, subjects: null },
  ])(
    'are told the same, and leave the same behind, as if each had come alone: $of',
    async ({ moments: kind, subjects }) => {
      await fc.assert(
        fc.asyncProperty(fc.array(kind, { minLength: 1, maxLength: 5 }), async (moments) => {
          const one = await live(alone, oneByOne, moments, subjects);
          const other = await live(together, atOnce, moments, subjects);
          expect(other.told).toEqual(one.told);
          expect(other.stored).toEqual(one.stored);
        }),
        { numRuns: ROUNDS },
      );
    },
    FULL ? 900_000 : 120_000,
  );

  // What follows is too rare among them for a few dozen rounds.
  const asked = (thing: number, cap = WIDE_CAP): Moment['calls'][number] => ({
    tenant: 'acme',
    run: 'run_1',
    thing,
    cap,
    budget: null,
    repeatable: true,
  });

  it('are told the same when one of them is the second part of a purchase', async () => {
    const moments: Moment[] = [
      { calls: [asked(0)], ends: [PENDING], ms: 0, late: false },
      { calls: [asked(1)], ends: [KEPT], ms: 12_000, late: false },
      { calls: [asked(2), asked(3), asked(0)], ends: [KEPT, KEPT, KEPT], ms: 1, late: false },
    ];
    const one = await live(alone, oneByOne, moments, null);
    const other = await live(together, atOnce, moments, null);
    expect(other).toEqual(one);
    expect(one.told.at(-1)).toMatchObject({ kind: 'granted', resume: 'r' });
  });

  it('leave the same behind when units that were taken for over are counted again, and the vendor is heard next', async () => {
    const cap: Cap = { id: 'slides', concurrency: 9, windows: [window('second', 'sliding', 5, 1_000)] };
    const heard: Settlement = {
      ...KEPT,
      lesson: { health: 'ok', readings: [{ window: 'second', limit: 20, left: 5 }] },
    };
    const things = [0, 1, 2, 3, 4].map((thing) => asked(thing, cap));
    const moments: Moment[] = [
      { calls: things, ends: things.map(() => KEPT), ms: 31_000, late: true },
      { calls: [asked(5, cap)], ends: [heard], ms: 0, late: false },
    ];
    const one = await live(alone, oneByOne, moments, null);
    const other = await live(together, atOnce, moments, null);
    expect(other).toEqual(one);
    // Its own unit and theirs: the rest is what others use.
    expect(one.stored).toHaveProperty([':cap2:slides', 'value', 'l:second'], expect.stringContaining(':9:'));
  });
});
