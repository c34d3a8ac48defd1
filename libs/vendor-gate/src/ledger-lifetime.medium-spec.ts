import { KEEP, request } from '../test/call-builder';
import { TimedGate } from '../test/timed-gate';
import type { CallRequest } from './gate.port';
import { ledgerKeyOf } from './purchase';

const DAY_MS = 86_400_000;
const OVER_MS = 13_001;

describe('how long the ledger keeps a purchase', () => {
  let timed: TimedGate;

  beforeAll(async () => {
    timed = await TimedGate.start();
  });
  beforeEach(() => timed.newCell());
  afterAll(() => timed.stop());

  const daysLeft = async (call: CallRequest): Promise<number> =>
    (await timed.redis.pttl(ledgerKeyOf(timed.keys, call))) / DAY_MS;

  it.each([7, 90])(
    'an answer stays fresh for %i days, however an older grant of its call ends',
    async (days) => {
      const call = request('call', { domain: 'a.com' }, { repeatable: true });
      const lost = await timed.granted(call);
      const used = await timed.granted(call);
      await timed.gate.settle(call, used, { ...KEEP, ttlMs: days * DAY_MS }, {});
      await timed.clock.advance(OVER_MS);
      await timed.operations.reap('sonar', 10);
      expect(await daysLeft(call)).toBeCloseTo(days, 1);
      await timed.gate.settle(call, lost, { kind: 'free', sent: true }, {});
      expect(await daysLeft(call)).toBeCloseTo(days, 1);
    },
  );

  it('what nobody settles is remembered for a month from its repair', async () => {
    const call = request('call', { domain: 'a.com' });
    await timed.gate.sent(call, await timed.granted(call));
    await timed.clock.advance(OVER_MS);
    await timed.operations.reap('sonar', 10);
    expect(await daysLeft(call)).toBeCloseTo(30, 1);
  });

  it.each([{ kind: 'free', sent: false } as const, { kind: 'doubt' } as const])(
    'what ends without an answer is remembered for a month (%j)',
    async (settlement) => {
      const call = request('call', { domain: 'a.com' });
      await timed.gate.settle(call, await timed.granted(call), settlement, {});
      expect(await daysLeft(call)).toBeCloseTo(30, 1);
    },
  );
});
