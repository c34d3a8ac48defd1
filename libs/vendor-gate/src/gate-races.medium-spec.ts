import { cap, KEEP, request } from '../test/call-builder';
import { TimedGate } from '../test/timed-gate';
import type { CallRequest, CapWindow, Grant } from './gate.port';
import { suppressionKey } from './suppression-key';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const one = (kind: 'sliding' | 'fixed', limit = 1): { cap: CallRequest['cap'] } => ({
  cap: cap({ concurrency: 10, windows: [{ name: 'minute', kind, limit, lengthMs: MINUTE_MS, units: 1 }] }),
});
const budgets = (limits: Partial<CallRequest['budgets']>): Pick<CallRequest, 'budgets'> => ({
  budgets: { run: null, tenantDay: null, vendorDay: null, ...limits },
});

describe('the gate, whatever comes between its verbs', () => {
  let timed: TimedGate;

  beforeAll(async () => {
    timed = await TimedGate.start();
  });
  beforeEach(() => timed.newCell());
  afterAll(() => timed.stop());

  const ask = (call: CallRequest): ReturnType<TimedGate['gate']['acquire']> => timed.gate.acquire(call);

  it.each(['sliding', 'fixed'] as const)(
    'a lost acquire reply takes no second unit of a %s window, no second place and no second budget',
    async (kind) => {
      const tight = { ...one(kind), ...budgets({ run: 25_000 }) };
      const call = request('call', { domain: 'a.com' }, tight);
      await timed.granted(call);
      const again = await timed.granted(call);
      await timed.gate.settle(call, again, KEEP, {});
      expect(await timed.counters()).toMatchObject({ 'b:spent': 25_000, 'b:reserved': 0 });
      expect(await timed.operations.explainCap(tight.cap)).toMatchObject({
        concurrency: { used: 0, lapsed: 0 },
        windows: [{ used: 1 }],
      });
    },
  );

  it.each(['sliding', 'fixed'] as const)(
    'a worker killed between grant and send leaves nothing behind once its lease is over (%s)',
    async (kind) => {
      const tight = { ...one(kind), ...budgets({ run: 25_000 }) };
      await timed.granted(request('dead', { domain: 'a.com' }, tight));
      const next = request('next', { domain: 'b.com' }, tight);
      expect(await ask(next)).toMatchObject({ kind: 'wait', reason: 'budget' });
      await timed.clock.advance(13_001);
      expect((await ask(next)).kind).toBe('granted');
      expect((await timed.operations.reap('sonar', 10)).length).toBe(0);
    },
  );

  it('a worker killed after it sent is in doubt, charged at its most, and its unit goes on counting', async () => {
    const tight = { ...one('fixed'), ...budgets({ run: 30_000 }) };
    const call = request('dead', { domain: 'a.com' }, tight);
    await timed.gate.sent(call, await timed.granted(call));
    await timed.clock.advance(13_001);
    const [repaired] = await timed.operations.reap('sonar', 10);
    expect(repaired).toMatchObject({ callId: 'dead', became: 'in_doubt' });
    expect(await timed.operations.reap('sonar', 10)).toEqual([]);
    expect(await ask(request('other', { domain: 'a.com' }, tight))).toEqual({
      kind: 'in_doubt',
      callId: 'dead',
    });
    expect(await ask(request('next', { domain: 'b.com' }, tight))).toEqual({
      kind: 'denied',
      reason: 'budget_run',
    });
    const unlimited = request('next', { domain: 'b.com' }, one('fixed'));
    expect(await ask(unlimited)).toMatchObject({ kind: 'wait', reason: 'window' });
    expect(await timed.counters()).toMatchObject({
      'b:spent': 25_000,
      'b:reserved': 0,
      'u:sonar:cost': 25_000,
    });
  });

  it('a person resolves a doubt: not bought gives the money back and frees the purchase, bought does neither', async () => {
    const calls = ['a', 'b'].map((name) =>
      request(name, { domain: `${name}.com` }, budgets({ run: 100_000 })),
    );
    for (const call of calls) await timed.gate.settle(call, await timed.granted(call), { kind: 'doubt' }, {});
    expect(await timed.operations.countDoubts()).toBe(calls.length);
    expect((await timed.operations.doubts('acme')).map(({ callId }) => callId)).toEqual(['a', 'b']);
    expect(await timed.operations.resolveDoubt('globex', 'a', 'not_bought')).toBeNull();
    expect(await timed.operations.resolveDoubt('acme', 'a', 'not_bought')).toMatchObject({
      refundedMicro: 25_000,
      resolvedBefore: false,
    });
    expect(await timed.operations.resolveDoubt('acme', 'b', 'bought')).toMatchObject({ refundedMicro: 0 });
    expect(await timed.operations.resolveDoubt('acme', 'a', 'not_bought')).toBeNull();
    expect(await timed.counters()).toMatchObject({ 'b:spent': 25_000, 'u:sonar:cost': 25_000 });
    expect(await timed.operations.countDoubts()).toBe(0);
    expect((await ask(calls[0] as CallRequest)).kind).toBe('granted');
    expect((await ask(calls[1] as CallRequest)).kind).toBe('in_doubt');
  });

  it('a doubt that many resolve at once, each in its own way, is resolved once, and all are told how', async () => {
    const call = request('a', { domain: 'a.com' }, budgets({ run: 100_000 }));
    await timed.gate.settle(call, await timed.granted(call), { kind: 'doubt' }, {});
    const [doubt] = await timed.operations.doubts('acme');
    expect(doubt).toMatchObject({ callId: 'a', vendor: 'sonar', op: 'find_contacts', maxCostMicro: 25_000 });
    const which = doubt?.doubtId ?? '';
    const verdicts = ['bought', 'not_bought', 'not_bought', 'bought', 'not_bought'] as const;
    const replies = await Promise.all(
      verdicts.map((verdict) => timed.operations.resolveDoubt('acme', which, verdict)),
    );
    const told = new Set(replies.map((reply) => `${reply?.verdict} ${reply?.refundedMicro}`));
    expect(told.size).toBe(1);
    expect(replies.filter((reply) => reply?.resolvedBefore === false)).toHaveLength(1);
    const refunded = replies[0]?.refundedMicro ?? 0;
    expect((await timed.counters())['b:spent']).toBe(25_000 - refunded);
    expect(await timed.operations.resolveDoubt('acme', which, 'bought')).toMatchObject({
      verdict: replies[0]?.verdict,
      resolvedBefore: true,
    });
    expect(await timed.operations.resolveDoubt('globex', which, 'bought')).toBeNull();
  });

  it('a worker frozen for five seconds between grant and send gives the grant back and sends nothing', async () => {
    const call = request('slow', { domain: 'a.com' }, one('sliding'));
    const grant = await timed.granted(call);
    await timed.clock.advance(5_000);
    expect(await timed.gate.sent(call, grant)).toBe(false);
    expect((await ask(request('next', { domain: 'b.com' }, one('sliding')))).kind).toBe('granted');
  });

  it('a settlement after the lease is over keeps the answer and charges what it cost, once', async () => {
    const limited = budgets({ run: 100_000, tenantDay: 100_000 });
    const call = request('late', { domain: 'a.com' }, { ...one('fixed', 5), ...limited });
    const grant = await timed.granted(call);
    await timed.gate.sent(call, grant);
    await timed.clock.advance(20_000);
    await timed.operations.reap('sonar', 10);
    const cheaper = { ...KEEP, costMicro: 10_000 };
    for (let i = 0; i < 2; i += 1) await timed.gate.settle(call, grant, cheaper, {});
    expect((await ask(request('x', { domain: 'a.com' }))).kind).toBe('cached');
    expect(await timed.counters()).toMatchObject({
      'b:spent': 10_000,
      'b:reserved': 0,
      'u:sonar:calls': 1,
      'u:sonar:cost': 10_000,
    });
    expect(await timed.operations.doubts('acme')).toEqual([]);
  });

  it('a lease that is lengthened is not taken for dead', async () => {
    const call = request('long', { domain: 'a.com' }, one('sliding'));
    const grant = await timed.granted(call);
    await timed.gate.sent(call, grant);
    expect(await timed.gate.extend(call, grant, HOUR_MS)).toBe(true);
    await timed.clock.advance(20_000);
    expect(await timed.operations.reap('sonar', 10)).toEqual([]);
    expect((await ask(request('x', { domain: 'a.com' }))).kind).toBe('in_flight');
    await timed.clock.advance(HOUR_MS);
    expect(await timed.gate.extend(call, grant, HOUR_MS)).toBe(false);
  });

  it('two walkers of one company buy its step once', async () => {
    const walkers = ['w1', 'w2'].map((name) => request(name, { domain: 'a.com' }));
    const answers = await Promise.all(walkers.map(ask));
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['granted', 'in_flight']);
  });

  it('50 runs of a tenant that look up the same thing at once buy it once, and another tenant buys its own', async () => {
    const runs = Array.from({ length: 50 }, (_, i) => `run_${i}`);
    for (const tenant of ['acme', 'globex']) {
      for (const run of runs) await timed.redis.hset(timed.keys.run(tenant, run), { state: 'running' });
    }
    const calls = ['acme', 'globex'].flatMap((tenantId) =>
      runs.map((runId) => request(`${tenantId}-${runId}`, { domain: 'a.com' }, { tenantId, runId })),
    );
    const answers = await Promise.all(calls.map(ask));
    const granted = calls.filter((_call, i) => answers[i]?.kind === 'granted');
    expect(granted.map(({ tenantId }) => tenantId)).toEqual(['acme', 'globex']);
    const own = { ...KEEP, answer: { kind: 'ok', value: 'acme’s own' } } as const;
    const winner = granted[0] as CallRequest;
    await timed.gate.settle(winner, answers[calls.indexOf(winner)] as Grant, own, {});
    const later = await Promise.all(calls.map(ask));
    const kinds = (tenant: string): string[] => [
      ...new Set(later.filter((_answer, i) => calls[i]?.tenantId === tenant).map(({ kind }) => kind)),
    ];
    expect(kinds('acme')).toEqual(['cached']);
    // Its own call is still under way; the one that holds the grant is given it again.
    expect(kinds('globex').sort()).toEqual(['granted', 'in_flight']);
  });

  it('a paused run stops its calls, also where the answer is in the ledger', async () => {
    const call = request('call', { domain: 'a.com' });
    await timed.gate.settle(call, await timed.granted(call), KEEP, {});
    await timed.redis.hset(timed.keys.run('acme', 'run_1'), { state: 'paused' });
    expect(await ask(request('next', { domain: 'a.com' }))).toEqual({ kind: 'stop', why: 'paused' });
  });

  it('a suppressed subject is denied before anything else, for its own tenant only', async () => {
    await timed.redis.sadd(timed.keys.suppressed('acme'), suppressionKey('acme', 'domain', 'a.com'));
    const about = (tenantId: string): CallRequest => {
      const subjects = ['b.com', ' A.COM '].map((value) => ({ kind: 'domain', value }) as const);
      return request(tenantId, { domain: 'a.com' }, { tenantId, subjects: () => subjects });
    };
    await timed.redis.hset(timed.keys.run('globex', 'run_1'), { state: 'running' });
    expect(await ask(about('acme'))).toEqual({ kind: 'denied', reason: 'suppressed' });
    expect((await ask(about('globex'))).kind).toBe('granted');
  });

  it('whom a call is about is worked out only where the tenant has a list, and a list made meanwhile is not missed', async () => {
    const gate = timed.gate;
    let asked = 0;
    const about = (callId: string): CallRequest =>
      request(
        callId,
        { domain: `${callId}.com` },
        {
          subjects: () => {
            asked += 1;
            return [{ kind: 'domain', value: `${callId}.com` }];
          },
        },
      );
    expect((await gate.acquire(about('a'))).kind).toBe('granted');
    expect(asked).toBe(0);
    await timed.redis.sadd(timed.keys.suppressed('acme'), suppressionKey('acme', 'domain', 'b.com'));
    expect(await gate.acquire(about('b'))).toEqual({ kind: 'denied', reason: 'suppressed' });
    expect((await gate.acquire(about('c'))).kind).toBe('granted');
    await timed.redis.sadd(timed.keys.suppressed('acme'), suppressionKey('acme', 'domain', 'd.com'));
    expect(await gate.acquire(about('d'))).toEqual({ kind: 'denied', reason: 'suppressed' });
    expect(asked).toBe(3);
  });

  it('a budget full of reservations waits, one that is spent denies, and one too small for the call never grants', async () => {
    const limited = budgets({ tenantDay: 60_000 });
    const calls = ['a', 'b', 'c'].map((name) => request(name, { domain: `${name}.com` }, limited));
    const [a, b, c] = calls as [CallRequest, CallRequest, CallRequest];
    const grant = await timed.granted(a);
    await timed.granted(b);
    expect(await ask(c)).toMatchObject({ kind: 'wait', reason: 'budget' });
    await timed.gate.settle(a, grant, { ...KEEP, costMicro: 40_000 }, {});
    expect(await ask(c)).toEqual({ kind: 'denied', reason: 'budget_tenant_day' });
    expect(await ask(request('d', { domain: 'd.com' }, budgets({ vendorDay: 24_999 })))).toEqual({
      kind: 'denied',
      reason: 'never',
    });
  });

  it('32 callers at once, with a budget for exactly 1,000 calls, make exactly 1,000', async () => {
    const limited = budgets({ run: 1_000 * 25_000 });
    let made = 0;
    let next = 0;
    const caller = async (): Promise<void> => {
      for (;;) {
        next += 1;
        const call = request(`c${next}`, { n: next }, limited);
        const answer = await ask(call);
        if (answer.kind === 'denied') return;
        if (answer.kind !== 'granted') continue;
        made += 1;
        await timed.gate.settle(call, answer, KEEP, {});
      }
    };
    const wide = request('w', { n: 0 }).cap.windows[0]?.limit ?? 0;
    expect(wide).toBeGreaterThanOrEqual(1_000);
    await Promise.all(Array.from({ length: 32 }, caller));
    expect(made).toBe(1_000);
    expect(await timed.counters()).toMatchObject({ 'b:spent': 25_000_000, 'b:reserved': 0 });
  });

  it('an oversize ask is denied at once, also while the cap is closed', async () => {
    await timed.operations.close('sonar', HOUR_MS, 'quota');
    const windows: CapWindow[] = [
      { name: 'minute', kind: 'fixed', limit: 10, lengthMs: MINUTE_MS, units: 11 },
    ];
    expect(await ask(request('big', { domain: 'a.com' }, { cap: cap({ windows }) }))).toEqual({
      kind: 'denied',
      reason: 'never',
    });
  });

  it('inline callers let the lane’s waiters go first: queued, delayed and awake without a grant', async () => {
    const lane = timed.keys.laneQueue('sonar');
    const inline = request('inline', { domain: 'inline.com' });
    const waits = { kind: 'wait', reason: 'turn' };
    await timed.redis.lpush(`${lane}wait`, 'job');
    expect(await ask(inline)).toMatchObject(waits);
    await timed.redis.del(`${lane}wait`);
    await timed.redis.zadd(`${lane}delayed`, 1, 'job');
    expect(await ask(inline)).toMatchObject(waits);
    await timed.redis.del(`${lane}delayed`);
    await timed.redis.lpush(`${lane}active`, 'job');
    expect(await ask(inline)).toMatchObject(waits);
    const fromLane = request('lane', { domain: 'lane.com' }, { from: 'lane' });
    const grant = await timed.granted(fromLane);
    // Its call is under way: it waits for nothing.
    const other = await timed.granted(inline);
    await timed.gate.settle(inline, other, KEEP, {});
    await timed.gate.settle(fromLane, grant, KEEP, {});
    expect(await ask(request('next', { domain: 'next.com' }))).toMatchObject(waits);
  });

  it('a tenant’s own credential that closes disturbs nobody else', async () => {
    const own = request('own', { domain: 'a.com' }, { cap: cap({ id: 'sonar.key1' }) });
    const lesson = { health: 'none', close: { forMs: HOUR_MS, why: 'quota' } } as const;
    await timed.gate.settle(own, await timed.granted(own), { kind: 'free', sent: true, lesson }, {});
    expect(await ask({ ...own })).toMatchObject({ kind: 'wait', reason: 'closed', inMs: HOUR_MS });
    expect((await ask(request('platform', { domain: 'b.com' }))).kind).toBe('granted');
  });

  it('a closure is never shortened, and a person may reopen it early; each is an event', async () => {
    expect(await timed.operations.close('sonar', HOUR_MS, 'quota')).toBe(true);
    expect(await timed.operations.close('sonar', MINUTE_MS, 'person')).toBe(false);
    expect(await ask(request('a', { domain: 'a.com' }))).toMatchObject({ kind: 'wait', inMs: HOUR_MS });
    expect(await timed.operations.explainCap(cap())).toMatchObject({
      closedForMs: HOUR_MS,
      closedWhy: 'quota',
    });
    expect(await timed.operations.reopen('sonar', 'ada')).toBe(true);
    expect((await ask(request('a', { domain: 'a.com' }))).kind).toBe('granted');
    const events = await timed.redis.xrange(timed.keys.capEvents(), '-', '+');
    expect(events.map(([, fields]) => fields[fields.indexOf('what') + 1])).toEqual(['closed', 'reopened']);
  });

  it('a day that ends between reservation and settlement is charged where it was reserved', async () => {
    const day = Math.floor(timed.clock.now / 86_400_000);
    await timed.clock.set((day + 1) * 86_400_000 - 1_000);
    const limited = budgets({ tenantDay: 40_000, vendorDay: 40_000 });
    const call = request('call', { domain: 'a.com' }, limited);
    const grant = await timed.granted(call);
    await timed.clock.advance(2_000);
    await timed.gate.settle(call, grant, KEEP, {});
    for (const key of [timed.keys.tenantBudget('acme'), timed.keys.vendorBudget('sonar')]) {
      expect(await timed.redis.hgetall(key)).toEqual({ [`${day}:spent`]: '25000', [`${day}:reserved`]: '0' });
    }
    expect((await ask(request('tomorrow', { domain: 'b.com' }, limited))).kind).toBe('granted');
  });

  it.each(['sliding', 'fixed'] as const)('a clock that is put back frees no %s unit early', async (kind) => {
    const call = request('call', { domain: 'a.com' }, one(kind));
    await timed.gate.settle(call, await timed.granted(call), KEEP, {});
    await timed.clock.advance(-HOUR_MS);
    const next = request('next', { domain: 'b.com' }, one(kind));
    const answer = await ask(next);
    expect(answer).toMatchObject({ kind: 'wait' });
    const inMs = answer.kind === 'wait' ? answer.inMs : 0;
    expect(inMs).toBeGreaterThan(HOUR_MS);
    await timed.clock.advance(inMs - 1);
    expect((await ask(next)).kind).toBe('wait');
    await timed.clock.advance(1);
    expect((await ask(next)).kind).toBe('granted');
  });

  it('what the vendor works on is asked for again with what it gave us, when it is due, and never started twice', async () => {
    const call = request('call', { domain: 'a.com' }, budgets({ run: 100_000 }));
    const pending = { kind: 'pending', resume: 'batch-7', inMs: 5_000, costMicro: 25_000 } as const;
    await timed.gate.settle(call, await timed.granted(call), pending, {});
    const poll = request('poll', { domain: 'a.com' }, budgets({ run: 100_000 }));
    expect(await ask(poll)).toEqual({ kind: 'wait', reason: 'pending', inMs: 5_000 });
    await timed.clock.advance(5_000);
    const first = await timed.granted(poll);
    expect(first.resume).toBe('batch-7');
    await timed.gate.settle(poll, first, { kind: 'free', sent: true }, {});
    const second = await timed.granted(poll);
    expect(second.resume).toBe('batch-7');
    await timed.gate.settle(poll, second, { ...KEEP, costMicro: 0 }, {});
    expect(await ask(request('later', { domain: 'a.com' }))).toMatchObject({
      kind: 'cached',
      costMicro: 25_000,
    });
    expect(await timed.counters()).toMatchObject({ 'b:spent': 25_000, 'b:reserved': 0 });
  });

  it('five failures in a row open the breaker; then one probe per half minute, until one succeeds', async () => {
    const fault = { kind: 'free', sent: true, lesson: { health: 'fault' } } as const;
    for (let n = 0; n < 5; n += 1) {
      const call = request(`f${n}`, { n });
      await timed.gate.settle(call, await timed.granted(call), fault, {});
    }
    const [a, b] = [request('a', { n: 'a' }), request('b', { n: 'b' })];
    expect(await ask(a)).toEqual({ kind: 'wait', reason: 'probe', inMs: 30_000 });
    await timed.clock.advance(30_000);
    const probe = await timed.granted(a);
    expect(await ask(b)).toMatchObject({ kind: 'wait', reason: 'probe' });
    await timed.gate.settle(a, probe, fault, {});
    await timed.clock.advance(29_999);
    expect(await ask(b)).toMatchObject({ kind: 'wait', reason: 'probe' });
    await timed.clock.advance(2_001);
    const unsent = await timed.granted(b);
    await timed.gate.settle(b, unsent, { kind: 'free', sent: false }, {});
    await timed.gate.settle(a, await timed.granted(a), { ...KEEP, lesson: { health: 'ok' } }, {});
    expect((await ask(b)).kind).toBe('granted');
    expect((await timed.operations.explainCap(cap())).breaker).toBe('closed');
  });

  it('a vendor’s reading tightens a window and never widens it', async () => {
    const windows: CapWindow[] = [
      { name: 'minute', kind: 'fixed', limit: 10, lengthMs: MINUTE_MS, units: 1 },
    ];
    const limits = { cap: cap({ windows }) };
    const settleWith = async (name: string, reading: { limit?: number; left?: number }): Promise<void> => {
      const call = request(name, { name }, limits);
      const lesson = {
        health: 'ok',
        readings: [{ window: 'minute', resetInMs: 10_000, ...reading }],
      } as const;
      await timed.gate.settle(call, await timed.granted(call), { ...KEEP, lesson }, {});
    };
    const room = async (): Promise<number> => {
      const [window] = (await timed.operations.explainCap(limits.cap)).windows;
      return (window?.limit ?? 0) - (window?.used ?? 0);
    };
    await settleWith('a', { limit: 50, left: 49 });
    expect(await room()).toBe(9);
    await settleWith('b', { left: 3 });
    expect(await room()).toBe(3);
    await settleWith('c', { left: 9 });
    expect(await room()).toBe(2);
    await timed.clock.advance(11_000);
    expect(await room()).toBe(7);
    await settleWith('d', { limit: 5 });
    expect(await room()).toBe(1);
    await settleWith('e', { limit: 10 });
    expect(await room()).toBe(5);
  });

  it('a call that took more of a measured window than was asked for is counted at what it took', async () => {
    for (const kind of ['sliding', 'fixed'] as const) {
      await timed.newCell();
      const windows: CapWindow[] = [{ name: 'tokens', kind, limit: 1_000, lengthMs: MINUTE_MS, units: 400 }];
      const limits = { cap: cap({ windows }) };
      const call = request('a', { n: 1 }, limits);
      const lesson = { health: 'ok', taken: { tokens: 650 } } as const;
      await timed.gate.settle(call, await timed.granted(call), { ...KEEP, lesson }, {});
      expect(await ask(request('b', { n: 2 }, limits))).toMatchObject({ kind: 'wait', reason: 'window' });
      const [window] = (await timed.operations.explainCap(limits.cap)).windows;
      expect(window?.used).toBe(650);
    }
  });

  it.each([-25, 25])('a worker whose clock is wrong by %i hours keeps to the vendor’s day', async (hours) => {
    const windows: CapWindow[] = [
      {
        name: 'day',
        kind: 'calendar',
        unit: 'day',
        zone: 'America/New_York',
        limit: 1,
        lengthMs: 25 * HOUR_MS,
        units: 1,
      },
    ];
    const limits = { cap: cap({ windows }) };
    const clock = jest.spyOn(Date, 'now').mockReturnValue(timed.clock.now + hours * HOUR_MS);
    try {
      const call = request('a', { n: 1 }, limits);
      await timed.gate.settle(call, await timed.granted(call), KEEP, {});
      const next = request('b', { n: 2 }, limits);
      const answer = await ask(next);
      // Noon in London is morning in New York.
      expect(answer).toMatchObject({ kind: 'wait', reason: 'window' });
      const inMs = answer.kind === 'wait' ? answer.inMs : 0;
      expect(inMs).toBeGreaterThan(15 * HOUR_MS);
      expect(inMs).toBeLessThanOrEqual(17 * HOUR_MS + 1_000);
      await timed.clock.advance(inMs - 1_001);
      expect((await ask(next)).kind).toBe('wait');
      await timed.clock.advance(1);
      expect(await ask(next)).toMatchObject({ kind: 'wait', reason: 'window_guard' });
      await timed.clock.advance(1_000);
      expect((await ask(next)).kind).toBe('granted');
    } finally {
      clock.mockRestore();
    }
  });

  it('counts how a run’s calls ended, what they saved and how long they took', async () => {
    const call = request('a', { n: 1 });
    const lesson = { health: 'ok', tookMs: 130 } as const;
    await timed.gate.settle(call, await timed.granted(call), { ...KEEP, lesson }, {});
    for (let i = 0; i < 2; i += 1) await timed.gate.journalCached(call, { 's:contacts': '1' });
    expect(await timed.counters()).toMatchObject({
      'u:sonar:calls': 1,
      'u:sonar:found': 1,
      'u:sonar:t200': 1,
      'u:sonar:cached': 1,
      'u:sonar:saved': 25_000,
    });
  });
});
