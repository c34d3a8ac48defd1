import { useTestRedis, waitUntil } from '#libs/testing';
import { cap, KEEP, request } from '../test/call-builder';
import type { AcquireAnswer, CallRequest, CapWindow, Grant } from './gate.port';
import { RedisGate } from './redis-gate';

describe('RedisGate on a real Redis', () => {
  const cell = useTestRedis();
  let gate: RedisGate;

  beforeEach(async () => {
    gate = new RedisGate(cell.redis, cell.keys);
    await cell.redis.hset(cell.keys.run('acme', 'run_1'), { state: 'running' });
    await cell.redis.hset(cell.keys.company('acme', 'run_1', 'c_1'), { state: 'pending' });
  });

  async function granted(wanted: CallRequest): Promise<Grant> {
    const answer = await gate.acquire(wanted);
    if (answer.kind !== 'granted') throw new Error(`expected a grant, got ${JSON.stringify(answer)}`);
    return answer;
  }

  const kinds = (answers: readonly AcquireAnswer[]): string[] => answers.map(({ kind }) => kind).sort();

  it('sells one of 50 identical concurrent lookups, and answers the rest from the ledger afterwards', async () => {
    const calls = Array.from({ length: 50 }, (_, i) => request(`call-${i}`, { domain: 'a.com' }));
    const answers = await Promise.all(calls.map((call) => gate.acquire(call)));
    expect(answers.filter(({ kind }) => kind === 'granted')).toHaveLength(1);
    expect(answers.filter(({ kind }) => kind === 'in_flight')).toHaveLength(49);
    const winner = answers.findIndex(({ kind }) => kind === 'granted');
    await gate.settle(calls[winner] as CallRequest, answers[winner] as Grant, KEEP, {});
    expect(await gate.acquire(request('late', { domain: 'a.com' }))).toEqual({
      kind: 'cached',
      answer: { kind: 'ok', value: { found: true } },
      costMicro: 25_000,
    });
  });

  it('knows an input by its meaning, not by the order of its members', async () => {
    const first = request('one', { domain: 'a.com', titles: ['CEO'] });
    await gate.settle(first, await granted(first), KEEP, {});
    const answer = await gate.acquire(request('two', { titles: ['CEO'], domain: 'a.com' }));
    expect(answer.kind).toBe('cached');
  });

  it('never lets a simulated answer pass for a real one', async () => {
    const simulated = request('one', { domain: 'a.com' }, { simulated: true });
    await gate.settle(simulated, await granted(simulated), KEEP, {});
    expect((await gate.acquire(request('two', { domain: 'a.com' }))).kind).toBe('granted');
  });

  it('never shows one tenant what another bought', async () => {
    const mine = request('one', { domain: 'a.com' });
    await gate.settle(mine, await granted(mine), KEEP, {});
    await cell.redis.hset(cell.keys.run('globex', 'run_1'), { state: 'running' });
    const answer = await gate.acquire(request('two', { domain: 'a.com' }, { tenantId: 'globex' }));
    expect(answer.kind).toBe('granted');
  });

  it('grants no more at once than the cap’s concurrency, and frees a place when a call settles', async () => {
    const narrow = { cap: cap({ concurrency: 3 }) };
    const calls = Array.from({ length: 10 }, (_, i) => request(`call-${i}`, { domain: `${i}.com` }, narrow));
    const answers = await Promise.all(calls.map((call) => gate.acquire(call)));
    expect(kinds(answers).filter((kind) => kind === 'granted')).toHaveLength(3);
    const first = answers.findIndex(({ kind }) => kind === 'granted');
    await gate.settle(calls[first] as CallRequest, answers[first] as Grant, KEEP, {});
    expect((await gate.acquire(request('next', { domain: 'next.com' }, narrow))).kind).toBe('granted');
  });

  it('keeps a unit occupied until one window after its settlement', async () => {
    const windows: CapWindow[] = [{ name: 'short', kind: 'sliding', limit: 2, lengthMs: 1_000, units: 1 }];
    const tight = { cap: cap({ windows }) };
    const call = (n: number): CallRequest => request(`call-${n}`, { domain: `${n}.com` }, tight);
    const grants = [await granted(call(1)), await granted(call(2))];
    expect(await gate.acquire(call(3))).toMatchObject({ kind: 'wait', reason: 'window' });
    await gate.settle(call(1), grants[0] as Grant, KEEP, {});
    const settledAt = performance.now();
    const answer = await gate.acquire(call(3));
    expect(answer).toMatchObject({ kind: 'wait', reason: 'window' });
    await waitUntil(async () => (await gate.acquire(call(3))).kind === 'granted', {
      timeoutMs: 20_000,
      what: 'the window frees a unit',
    });
    expect(performance.now() - settledAt).toBeGreaterThanOrEqual(995);
  });

  it('gives a call whose reply was lost its grant again, without taking a second unit', async () => {
    const tight = {
      cap: cap({
        concurrency: 1,
        windows: [{ name: 'minute', kind: 'sliding', limit: 1, lengthMs: 60_000, units: 1 }],
      }),
    };
    const call = request('call', { domain: 'a.com' }, tight);
    const lost = await granted(call);
    const again = await granted(call);
    expect(again.grantNumber).toBeGreaterThan(lost.grantNumber);
    expect(await gate.sent(call, lost)).toBe(false);
    expect(await gate.sent(call, again)).toBe(true);
  });

  it('does not repeat a paid call that was sent and never settled', async () => {
    const call = request('call', { domain: 'a.com' }, { deadlineMs: -2_000 });
    const grant = await granted(call);
    expect(await gate.sent(call, grant)).toBe(true);
    const other = request('other', { domain: 'a.com' });
    expect((await gate.acquire(other)).kind).toBe('in_flight');
    await waitUntil(async () => (await gate.acquire(other)).kind === 'in_doubt', {
      timeoutMs: 20_000,
      what: 'the lease of the sent call ends',
    });
  });

  it('frees a call that was granted and never sent, once its lease is over', async () => {
    const call = request('call', { domain: 'a.com' }, { deadlineMs: -2_900 });
    await granted(call);
    await waitUntil(
      async () => (await gate.acquire(request('other', { domain: 'a.com' }))).kind === 'granted',
      { timeoutMs: 20_000, what: 'the lease of the unsent call ends' },
    );
  });

  it('accepts a late settlement and loses no cost', async () => {
    const call = request('call', { domain: 'a.com' }, { deadlineMs: -2_900 });
    const grant = await granted(call);
    await gate.sent(call, grant);
    await waitUntil(async () => (await gate.acquire(request('x', { domain: 'a.com' }))).kind === 'in_doubt', {
      timeoutMs: 20_000,
      what: 'the lease ends',
    });
    await gate.settle(call, grant, KEEP, {});
    await gate.settle(call, grant, KEEP, {});
    expect((await gate.acquire(request('x', { domain: 'a.com' }))).kind).toBe('cached');
    const run = await cell.redis.hgetall(cell.keys.run('acme', 'run_1'));
    expect(run).toMatchObject({ 'u:sonar:calls': '1', 'u:sonar:cost': '25000' });
  });

  it('writes the company’s journal in the same step as the ledger', async () => {
    const call = request('call', { domain: 'a.com' });
    await gate.settle(call, await granted(call), KEEP, { 's:contacts': '{"ok":true}' });
    expect(await cell.redis.hget(cell.keys.company('acme', 'run_1', 'c_1'), 's:contacts')).toBe(
      '{"ok":true}',
    );
  });

  it('grants nobody a call while the vendor said to stay away', async () => {
    const call = request('call', { domain: 'a.com' });
    const grant = await granted(call);
    await gate.settle(
      call,
      grant,
      { kind: 'free', sent: true, lesson: { health: 'none', close: { forMs: 5_000, why: 'rate_limited' } } },
      {},
    );
    const answer = await gate.acquire(request('other', { domain: 'b.com' }));
    expect(answer).toMatchObject({ kind: 'wait', reason: 'closed' });
    expect(answer.kind === 'wait' && answer.inMs).toBeGreaterThan(4_000);
  });

  it('lets a refused call be made again, with its first send still counted in the window', async () => {
    const two = {
      cap: cap({ windows: [{ name: 'minute', kind: 'sliding', limit: 2, lengthMs: 60_000, units: 1 }] }),
    };
    const call = request('call', { domain: 'a.com' }, two);
    await gate.settle(call, await granted(call), { kind: 'free', sent: true }, {});
    await gate.settle(call, await granted(call), { kind: 'free', sent: true }, {});
    expect(await gate.acquire(call)).toMatchObject({ kind: 'wait', reason: 'window' });
  });

  it('stops a cancelled run’s calls and those of a run that is gone', async () => {
    await cell.redis.hset(cell.keys.run('acme', 'run_1'), { state: 'cancelled' });
    expect(await gate.acquire(request('call', { domain: 'a.com' }))).toEqual({
      kind: 'stop',
      why: 'cancelled',
    });
    await cell.redis.hset(cell.keys.run('acme', 'run_1'), { state: 'paused' });
    expect(await gate.acquire(request('call', { domain: 'a.com' }))).toEqual({ kind: 'stop', why: 'paused' });
    const gone = request('call', { domain: 'a.com' }, { runId: 'run_2' });
    expect(await gate.acquire(gone)).toEqual({ kind: 'stop', why: 'cancelled' });
  });

  it('denies at once what no window could ever hold', async () => {
    const windows: CapWindow[] = [
      { name: 'minute', kind: 'sliding', limit: 1_000, lengthMs: 60_000, units: 1_001 },
    ];
    const bulk = request('call', { domain: 'a.com' }, { cap: cap({ windows }) });
    expect(await gate.acquire(bulk)).toEqual({ kind: 'denied', reason: 'never' });
  });
});
