import fc from 'fast-check';
import { cap, request } from '../test/call-builder';
import { busiest, type Receipt } from '../test/counting-vendor';
import { GateModel, type ModelGrant } from '../test/gate-model';
import { TimedGate } from '../test/timed-gate';
import type { CallRequest, Cap, Grant, Settlement } from './gate.port';

const FULL = process.env.LEADGEN_FULL === '1';
const TRACES = FULL ? 10_000 : 500;
const PATIENCE_MS = FULL ? 1_800_000 : 180_000;
const COST = 25_000;
const DEADLINE_MS = 2_000;

const window = (name: string, kind: 'sliding' | 'fixed' | 'anchored', limit: number, lengthMs: number) =>
  ({ name, kind, limit, lengthMs, units: 1 }) as const;
const CAPS: readonly Cap[] = [
  cap({
    id: 'a',
    concurrency: 3,
    windows: [window('second', 'sliding', 1, 1_000), { ...window('minute', 'fixed', 5, 60_000), units: 2 }],
  }),
  cap({
    id: 'b',
    concurrency: 3,
    windows: [
      window('ten', 'anchored', 3, 10_000),
      { name: 'day', kind: 'calendar', unit: 'day', zone: 'UTC', limit: 6, lengthMs: 86_400_000, units: 1 },
    ],
  }),
];

const CALLS = 8;

/**
 * Eight callers: of two tenants, for the same things and others, through two caps; every fourth call may be repeated. `round`
 * gives them something new to ask for.
 */
const callOf = (n: number, round: number, budget: number): CallRequest => ({
  ...request(`call-${n}-${round}`, { n: n % 4, round }),
  tenantId: n % 2 === 0 ? 'acme' : 'globex',
  cap: CAPS[n % 3 === 0 ? 0 : 1] as Cap,
  budgets: { run: n % 2 === 0 ? budget : null, tenantDay: null, vendorDay: null },
  maxCostMicro: n % 2 === 0 ? COST : 0,
  deadlineMs: DEADLINE_MS,
  repeatable: n % 4 === 3,
});

const SETTLEMENTS: Readonly<Record<string, (most: number) => Settlement>> = {
  keep: (most) => ({ kind: 'keep', answer: { kind: 'empty' }, ttlMs: 9e8, costMicro: most && most - 1 }),
  refused: () => ({ kind: 'free', sent: true }),
  unsent: () => ({ kind: 'free', sent: false }),
  doubt: () => ({ kind: 'doubt' }),
  pending: (most) => ({ kind: 'pending', resume: 'r', inMs: 4_000, costMicro: most && 5 }),
};

/** Ms around an edge of the vendor's minute. */
const NEAR_EDGE = [-1_001, -1_000, -500, -1, 0, 1, 500, 999, 1_000];

const call = fc.integer({ min: 0, max: CALLS - 1 });
/** What happens to any caller, whatever it holds. */
const STRAY = ['kill', 'unsent', 'reap', 'settle again', 'ask again'];

const step = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant('edge'), call, ms: fc.constantFrom(...NEAR_EDGE) }),
  },
  { weight: 8, arbitrary: fc.record({ what: fc.constant('acquire'), call, ms: fc.constant(0) }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('send'), call, ms: fc.constant(0) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constantFrom(...Object.keys(SETTLEMENTS), 'keep', 'keep', 'refused'),
      call,
      ms: fc.constant(0),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constantFrom(...STRAY), call, ms: fc.constant(0) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('time'),
      call,
      ms: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 1, max: 1_500 }) },
        { weight: 3, arbitrary: fc.integer({ min: 1, max: 12_000 }) },
        { weight: 1, arbitrary: fc.constant(43_200_000) },
      ),
    }),
  },
);

interface InHand {
  wanted: CallRequest;
  grant: Grant;
  model: ModelGrant;
  sentAt: number | null;
}

describe('the gate against its model and a vendor that counts for itself', () => {
  let timed: TimedGate;

  beforeAll(async () => {
    timed = await TimedGate.start();
  });
  afterAll(() => timed.stop());

  /** One trace of everything that can happen, checked after every step. */
  class Trace {
    private readonly model = new GateModel();
    private readonly inHand = new Map<number, InHand>();
    private readonly ended: { wanted: CallRequest; grant: Grant; settlement: Settlement }[] = [];
    readonly receipts = new Map<string, Receipt[]>();
    private daysPassed = 0;
    private readonly rounds = Array.from({ length: 4 }, () => 0);
    private readonly requests = new Map<string, CallRequest>();

    constructor(
      private readonly receivedAfter: number,
      private readonly budget: number,
    ) {}

    private requestOf(n: number): CallRequest {
      const round = this.rounds[n % 4] ?? 0;
      const known = this.requests.get(`${n} ${round}`) ?? callOf(n, round, this.budget);
      this.requests.set(`${n} ${round}`, known);
      return known;
    }

    /** Most steps are for a caller that can take them; without one, the caller's own. */
    private callerFor(what: string, call: number): number {
      const order = Array.from({ length: CALLS }, (_, i) => (call + i) % CALLS);
      const fitting = order.find((n) => {
        const held = this.inHand.get(n);
        if (what === 'acquire') return !held;
        return what === 'send' ? held?.sentAt === null : held && held.sentAt !== null;
      });
      return fitting ?? call;
    }

    async take({ what, call, ms }: { what: string; call: number; ms: number }): Promise<void> {
      const n = STRAY.includes(what) ? call : this.callerFor(what, call);
      const held = this.inHand.get(n);
      const wanted = held?.wanted ?? this.requestOf(n);
      const { now } = timed.clock;
      if (what === 'acquire' || what === 'ask again') await this.acquire(n, wanted, now);
      else if (!held || what === 'reap' || what === 'settle again' || ['time', 'edge'].includes(what)) {
        await this.goOn(what, wanted, now, ms);
      } else if (what === 'send') await this.send(n, wanted, held, now);
      else if (what === 'kill')
        this.forget(n, wanted, held, held.sentAt === null ? 0 : held.sentAt + DEADLINE_MS);
      else await this.settle(n, wanted, held, what, now);
      await this.check();
    }

    /** What happens whoever holds what. */
    private async goOn(what: string, { cap: { id } }: CallRequest, now: number, ms: number): Promise<void> {
      const last = this.ended.at(-1);
      if (what === 'time') await this.pass(ms);
      else if (what === 'edge') {
        await timed.clock.set(Math.max(now + 1, (Math.floor(now / 60_000) + 1) * 60_000 + ms));
      } else if (what === 'reap') {
        await timed.operations.reap(id, 100);
        this.model.reap(id, now);
      } else if (what === 'settle again' && last) {
        await timed.gate.settle(last.wanted, last.grant, last.settlement, {});
      }
    }

    private async acquire(n: number, wanted: CallRequest, now: number): Promise<void> {
      const expected = this.model.answers(wanted, now);
      const answer = await timed.gate.acquire(wanted);
      expect(expected).toContain('reason' in answer ? `${answer.kind}:${answer.reason}` : answer.kind);
      if (answer.kind === 'cached' || answer.kind === 'in_doubt')
        this.rounds[n % 4] = (this.rounds[n % 4] ?? 0) + 1;
      if (answer.kind !== 'granted') return;
      const held = this.inHand.get(n);
      if (held) this.forget(n, wanted, held, held.sentAt === null ? 0 : held.sentAt + DEADLINE_MS);
      const model = this.model.granted(wanted, now);
      expect(answer.resume).toBe(model.resumes ? 'r' : null);
      this.inHand.set(n, { wanted, grant: answer, model, sentAt: null });
    }

    private async send(n: number, wanted: CallRequest, held: InHand, now: number): Promise<void> {
      if (held.sentAt !== null) return;
      if (wanted.repeatable) {
        // Not marked: its caller only looks at its own clock.
        if (now <= held.model.at + held.grant.sendByMs) held.sentAt = now;
        return;
      }
      const may = await timed.gate.sent(wanted, held.grant);
      expect(may).toBe(this.model.maySend(held.model, now, held.grant.sendByMs));
      if (may) held.sentAt = now;
      else this.inHand.delete(n);
    }

    private async settle(
      n: number,
      wanted: CallRequest,
      held: InHand,
      what: string,
      now: number,
    ): Promise<void> {
      // A caller that sent has an answer or a doubt by its deadline, and one that did not has nothing to tell.
      const settlement: Settlement =
        held.sentAt === null || what === 'unsent'
          ? { kind: 'free', sent: false }
          : (SETTLEMENTS[what]?.(wanted.maxCostMicro) ?? { kind: 'doubt' });
      const received = held.sentAt !== null && what !== 'unsent';
      await timed.gate.settle(wanted, held.grant, settlement, {});
      this.model.settle(held.model, settlement, now);
      this.ended.push({ wanted, grant: held.grant, settlement });
      this.forget(n, wanted, held, received ? Math.min(now, (held.sentAt ?? 0) + DEADLINE_MS) : 0);
    }

    /** The vendor received it at some moment between its sending and `until`; 0: never. */
    private forget(n: number, { cap: { id, windows } }: CallRequest, held: InHand, until: number): void {
      this.inHand.delete(n);
      if (until === 0 || held.sentAt === null) return;
      const at = held.sentAt + Math.floor((until - held.sentAt) * this.receivedAfter);
      const units = Object.fromEntries(windows.map(({ name, units: taken }) => [name, taken]));
      this.receipts.set(id, [...(this.receipts.get(id) ?? []), { at, units }]);
    }

    private async pass(ms: number): Promise<void> {
      // The periods a worker gives reach some days, and the test's clock must not leave them.
      if (ms > 1_000_000 && (this.daysPassed += 1) > 2) return;
      await timed.clock.advance(ms);
    }

    private async check(): Promise<void> {
      const run = await timed.counters();
      expect({ spent: run['b:spent'] ?? 0, reserved: run['b:reserved'] ?? 0 }).toEqual({
        spent: this.model.spent,
        reserved: this.model.reserved,
      });
      expect(this.model.spent + this.model.reserved).toBeLessThanOrEqual(this.budget);
    }
  }

  it(
    'answers as the model does, holds the budget, and never lets a vendor count more than its windows',
    async () => {
      const trace = fc.array(step, { minLength: 5, maxLength: 60, size: 'max' });
      const budget = fc.integer({ min: 1, max: 12 });
      const skew = fc.constantFrom(-1_000, -300, 0, 300, 1_000);
      await fc.assert(
        fc.asyncProperty(
          trace,
          fc.constantFrom(0, 0.5, 1),
          skew,
          budget,
          async (steps, receivedAfter, off, calls) => {
            await timed.newCell();
            await timed.redis.hset(timed.keys.run('globex', 'run_1'), { state: 'running' });
            const run = new Trace(receivedAfter, calls * COST);
            for (const next of steps) await run.take(next);
            for (const { id, windows } of CAPS) {
              for (const limited of windows) {
                expect(busiest(limited, run.receipts.get(id) ?? [], off)).toBeLessThanOrEqual(limited.limit);
              }
            }
          },
        ),
        { numRuns: TRACES },
      );
    },
    PATIENCE_MS,
  );
});
