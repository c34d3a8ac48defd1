import fc from 'fast-check';
import { type RedisClient } from '#libs/redis';
import { useTestRedis } from '#libs/testing';
import { cap, KEEP, request } from '../test/call-builder';
import type { CallRequest, CapWindow, Grant, Settlement } from './gate.port';
import { RedisGate } from './redis-gate';

const FULL = process.env.LEADGEN_FULL === '1';
const SEQUENCES = FULL ? 10_000 : 300;
const PATIENCE_MS = FULL ? 900_000 : 120_000;
const FREE: Settlement = { kind: 'free', sent: true };
const DOUBT: Settlement = { kind: 'doubt' };
const SETTLEMENTS = new Map<string, Settlement>([
  ['keep', KEEP],
  ['free', FREE],
  ['doubt', DOUBT],
]);

describe('RedisGate when workers freeze, crash and repeat themselves', () => {
  const cell = useTestRedis();
  let other: RedisClient;
  let gate: RedisGate;

  beforeAll(async () => {
    other = await cell.connect();
  });

  const newCell = async (): Promise<void> => {
    cell.newCell();
    gate = new RedisGate(cell.redis, cell.keys);
    await cell.redis.hset(cell.keys.run('acme', 'run_1'), { state: 'running' });
    await cell.redis.hset(cell.keys.company('acme', 'run_1', 'c_1'), { state: 'pending' });
  };

  beforeEach(newCell);

  async function granted(wanted: CallRequest): Promise<Grant> {
    const answer = await gate.acquire(wanted);
    if (answer.kind !== 'granted') throw new Error(`expected a grant, got ${JSON.stringify(answer)}`);
    return answer;
  }

  const usage = async (): Promise<Record<string, string>> =>
    cell.redis.hgetall(cell.keys.run('acme', 'run_1'));

  it.each([
    ['an answer', KEEP, { 'u:sonar:calls': '1', 'u:sonar:cost': '25000', 'u:sonar:found': '1' }],
    ['a refusal', FREE, { 'u:sonar:calls': '1', 'u:sonar:failed': '1' }],
    ['a doubt', DOUBT, { 'u:sonar:calls': '1', 'u:sonar:cost': '25000', 'u:sonar:failed': '1' }],
  ])(
    'counts %s once, though two clients settle it at once and again later',
    async (_what, settlement, counted) => {
      const call = request('call', { domain: 'a.com' });
      const grant = await granted(call);
      await gate.sent(call, grant);
      await Promise.all([
        gate.settle(call, grant, settlement, {}),
        new RedisGate(other, cell.keys).settle(call, grant, settlement, {}),
      ]);
      await gate.settle(call, grant, settlement, {});
      expect(await usage()).toEqual({ state: 'running', ...counted });
    },
  );

  it('counts a late settlement, also after another call settled the same purchase', async () => {
    const late = request('late', { domain: 'a.com' }, { repeatable: true });
    const lateGrant = await granted(late);
    await lapse();
    const next = request('next', { domain: 'a.com' }, { repeatable: true });
    const nextGrant = await granted(next);
    await gate.settle(next, nextGrant, KEEP, {});
    await gate.settle(late, lateGrant, KEEP, {});
    await gate.settle(next, nextGrant, KEEP, {});
    expect(await usage()).toMatchObject({ 'u:sonar:calls': '2', 'u:sonar:cost': '50000' });
  });

  it('does not let an older grant of a call end the reservation of its newer one', async () => {
    const call = request('call', { domain: 'a.com' }, { repeatable: true });
    const frozen = await granted(call);
    const live = await granted(call);
    await gate.settle(call, frozen, FREE, {});
    expect((await gate.acquire(request('other', { domain: 'a.com' }, { repeatable: true }))).kind).toBe(
      'in_flight',
    );
    await gate.settle(call, live, KEEP, {});
    expect((await gate.acquire(request('other', { domain: 'a.com' }))).kind).toBe('cached');
  });

  it('makes a grant that was given back before sending free for the next caller, its unit included', async () => {
    const one = {
      cap: cap({
        concurrency: 1,
        windows: [{ name: 'minute', kind: 'sliding', limit: 1, lengthMs: 60_000, units: 1 }],
      }),
    };
    const call = request('call', { domain: 'a.com' }, one);
    const grant = await granted(call);
    expect(await gate.sent(call, grant)).toBe(true);
    await gate.settle(call, grant, { kind: 'free', sent: false }, {});
    expect((await gate.acquire(request('other', { domain: 'a.com' }, one))).kind).toBe('granted');
  });

  it('remembers a long call’s place and unit while short calls of the same cap come and go', async () => {
    const windows: CapWindow[] = [{ name: 'short', kind: 'sliding', limit: 10, lengthMs: 100, units: 1 }];
    await granted(request('long', { domain: 'a.com' }, { cap: cap({ windows }), deadlineMs: 60_000 }));
    const short = request('short', { domain: 'b.com' }, { cap: cap({ windows }), deadlineMs: 100 });
    await gate.settle(short, await granted(short), KEEP, {});
    expect(await cell.redis.pttl(cell.keys.leases('sonar'))).toBeGreaterThan(60_000);
    expect(await cell.redis.pttl(cell.keys.window('sonar', 'short'))).toBeGreaterThan(60_000);
  });

  it('leaves no key behind for ever, also when a call settles after everything about it expired', async () => {
    const call = request('call', { domain: 'a.com' });
    const grant = await granted(call);
    await cell.redis.del(cell.keys.window('sonar', 'minute'), cell.keys.leases('sonar'));
    for (const key of await cell.redis.keys(`*{${cell.keys.cell}}*ledger*`)) await cell.redis.del(key);
    for (const settlement of [DOUBT, FREE, KEEP]) await gate.settle(call, grant, settlement, {});
    const lasting: string[] = [];
    for (const key of await cell.redis.keys(`*{${cell.keys.cell}}*`))
      if ((await cell.redis.ttl(key)) < 0) lasting.push(key);
    const givenByThisTest = [cell.keys.run('acme', 'run_1'), cell.keys.company('acme', 'run_1', 'c_1')];
    expect(lasting.sort()).toEqual(givenByThisTest.sort());
  });

  it('asks for no more patience than one window while the units’ calls are still under way', async () => {
    const windows: CapWindow[] = [{ name: 'short', kind: 'sliding', limit: 1, lengthMs: 400, units: 1 }];
    await granted(request('first', { domain: 'a.com' }, { cap: cap({ windows }) }));
    const answer = await gate.acquire(request('next', { domain: 'b.com' }, { cap: cap({ windows }) }));
    expect(answer).toEqual({ kind: 'wait', reason: 'window', inMs: 401 });
  });

  it('does not rewrite the journal of a company that has ended', async () => {
    const call = request('call', { domain: 'a.com' });
    const grant = await granted(call);
    await cell.redis.hset(cell.keys.company('acme', 'run_1', 'c_1'), { state: 'done' });
    await gate.settle(call, grant, KEEP, { 's:contacts': 'late' });
    await gate.journalCached(call, { 's:contacts': 'late' });
    expect(await cell.redis.hgetall(cell.keys.company('acme', 'run_1', 'c_1'))).toEqual({ state: 'done' });
    expect(await usage()).toMatchObject({ 'u:sonar:cost': '25000' });
  });

  /** Time passes for the one purchase of this cell: every lease on it is over. */
  async function lapse(): Promise<void> {
    for (const key of await cell.redis.keys(`*{${cell.keys.cell}}*ledger*`)) {
      if (await cell.redis.hexists(key, 'expires_at')) await cell.redis.hset(key, 'expires_at', 1);
    }
  }

  it(
    'never lets a paid question be sent again while an earlier sending may have been charged',
    async () => {
      const call = fc.integer({ min: 0, max: 2 });
      const step = fc.oneof(
        fc.record({ what: fc.constant('acquire' as const), call }),
        fc.record({ what: fc.constant('send' as const), call }),
        fc.record({ what: fc.constantFrom('keep', 'free', 'doubt'), call }),
        fc.record({ what: fc.constantFrom('crash', 'lapse'), call }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
          await newCell();
          const calls = [0, 1, 2].map((n) => request(`call-${n}`, { domain: 'a.com' }));
          const inHand: (Grant | undefined)[] = [];
          const maybeCharged = new Set<string>();
          for (const { what, call: n } of steps) {
            const wanted = calls[n] as CallRequest;
            const grant = inHand[n];
            const sending = `${n}#${grant?.grantNumber}`;
            if (what === 'acquire') {
              const answer = await gate.acquire(wanted);
              if (answer.kind === 'granted') inHand[n] = answer;
            } else if (what === 'send' && grant && (await gate.sent(wanted, grant))) {
              expect([...maybeCharged].filter((earlier) => earlier !== sending)).toEqual([]);
              maybeCharged.add(sending);
            } else if (what === 'crash') {
              inHand[n] = undefined;
            } else if (what === 'lapse') {
              await lapse();
            } else if (grant && maybeCharged.has(sending)) {
              // A worker settles what it sent, and only that.
              const settlement = SETTLEMENTS.get(what);
              if (settlement) await gate.settle(wanted, grant, settlement, {});
              if (what === 'free') maybeCharged.delete(sending);
              if (settlement) inHand[n] = undefined;
            }
          }
          const bought = maybeCharged.size;
          expect(bought).toBeLessThanOrEqual(1);
        }),
        { numRuns: SEQUENCES },
      );
    },
    PATIENCE_MS,
  );
});
