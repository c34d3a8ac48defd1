import { useTestRedis, waitUntil } from '#libs/testing';
import { cap, KEEP, request } from '../test/call-builder';
import { CellTuning } from './cell-tuning';
import type { AcquireAnswer, Cap } from './gate.port';
import { RedisGate } from './redis-gate';

const LENGTH_MS = 1_500;

describe('what operators set while the cell runs', () => {
  const used = useTestRedis();
  const window = { name: 'short', kind: 'sliding', limit: 10, lengthMs: LENGTH_MS, units: 1 } as const;
  const declared: Cap = cap({ windows: [window] });
  const fail = (error: unknown): never => {
    throw error;
  };

  it('goes before what is declared, for one window of one cap, until it is taken back', async () => {
    const tuning = new CellTuning(used.redis, used.keys);
    expect(await tuning.setLimit('sonar', 'short', 4)).toBeNull();
    expect(await tuning.setLimit('sonar', 'short', 3)).toBe(4);
    const other = { ...window, name: 'long' };
    expect(tuning.tune({ ...declared, windows: [window, other] }).windows).toEqual([
      { ...window, limit: 3 },
      other,
    ]);
    expect(tuning.tune({ ...declared, id: 'sonar.acme' }).windows[0]?.limit).toBe(10);
    expect(await tuning.setLimit('sonar', 'short', null)).toBe(3);
    expect(tuning.tune(declared)).toBe(declared);
  });

  it('keeps weights of tenants, fractions too', async () => {
    const tuning = new CellTuning(used.redis, used.keys);
    await tuning.setWeight('acme', 2.5);
    expect([tuning.weight('acme'), tuning.weight('globex')]).toEqual([2.5, undefined]);
    expect(await tuning.read()).toEqual({ limits: [], weights: [{ tenantId: 'acme', weight: 2.5 }] });
    expect(await tuning.setWeight('acme', null)).toBe(2.5);
    expect(tuning.weight('acme')).toBeUndefined();
  });

  it('is known to a process that watches within two seconds, and to one that starts later', async () => {
    const running = new CellTuning(used.redis, used.keys);
    const stop = running.watch(fail);
    await new CellTuning(used.redis, used.keys).setLimit('sonar', 'short', 7);
    const since = performance.now();
    await waitUntil(() => running.tune(declared).windows[0]?.limit === 7, {
      timeoutMs: 10_000,
      what: 'the watching process knows',
    });
    // Two seconds are the promise; the rest is for a busy machine.
    expect(performance.now() - since).toBeLessThan(2_000 + 2_000);
    await stop();
    const started = new CellTuning(used.redis, used.keys);
    await started.refresh();
    expect(started.tune(declared).windows[0]?.limit).toBe(7);
  });

  it('lets nobody through after a limit was lowered below what is used, until less than that is used', async () => {
    const gate = new RedisGate(used.redis, used.keys);
    const tuning = new CellTuning(used.redis, used.keys);
    await used.redis.hset(used.keys.run('acme', 'run_1'), 'state', 'running');
    const ask = async (n: number): Promise<AcquireAnswer> => {
      const call = request(`call-${n}`, { n }, { cap: tuning.tune(declared) });
      const answer = await gate.acquire(call);
      if (answer.kind === 'granted') await gate.settle(call, answer, KEEP, {});
      return answer;
    };
    /** When each was asked for: no later than its grant. */
    const before: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      before.push(performance.now());
      expect(await ask(n)).toMatchObject({ kind: 'granted' });
    }
    await tuning.setLimit('sonar', 'short', 5);
    expect(await ask(100)).toMatchObject({ kind: 'wait', reason: 'window' });

    const after: { asked: number; answered: number }[] = [];
    await waitUntil(
      async () => {
        const asked = performance.now();
        const { kind } = await ask(200 + after.length);
        if (kind === 'granted') after.push({ asked, answered: performance.now() });
        return after.length === 6;
      },
      { timeoutMs: 20_000, what: 'six more are through' },
    );
    // Of the eight, four at least have left the window by then; of those that came after, never more than five are in it.
    expect((after[0]?.answered ?? 0) - (before[3] ?? Infinity)).toBeGreaterThanOrEqual(LENGTH_MS);
    expect((after[5]?.answered ?? 0) - (after[0]?.asked ?? Infinity)).toBeGreaterThanOrEqual(LENGTH_MS);

    await tuning.setLimit('sonar', 'short', 20);
    for (let n = 300; n < 310; n += 1) expect(await ask(n)).toMatchObject({ kind: 'granted' });
  });
});
