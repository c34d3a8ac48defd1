import { setTimeout as delay } from 'node:timers/promises';
import { CellKeys, createBusyRedis } from '#libs/redis';
import { RedisGate, type CallRequest, type Settlement } from '#libs/vendor-gate';

const KEEP: Settlement = {
  kind: 'keep',
  answer: { kind: 'ok', value: { contacts: [{ name: 'Ada Example', email: 'ada@example.com' }] } },
  ttlMs: 86_400_000,
  costMicro: 25_000,
  lesson: { health: 'ok', tookMs: 120 },
};
/** Windows as vendors have them, and in nobody's way. */
const CAP: CallRequest['cap'] = {
  id: 'bench',
  concurrency: 1_000_000,
  windows: [
    { name: 'second', kind: 'sliding', limit: 1_000_000, lengthMs: 1_000, units: 1 },
    {
      name: 'day',
      kind: 'calendar',
      unit: 'day',
      zone: 'UTC',
      limit: 10_000_000,
      lengthMs: 86_400_000,
      units: 1,
    },
  ],
};

/** One round asked for by the benchmark: so many pairs, and how: `callers` at once, or `perSecond` of them evenly. */
export interface Round {
  name: string;
  pairs: number;
  callers?: number;
  perSecond?: number;
}

/** One process of callers. Answers each round with the latencies of its verbs, ms. */
function main([redisUrl = '', cell = '', process_ = '']: string[]): void {
  const redis = createBusyRedis(redisUrl);
  const gate = new RedisGate(redis, new CellKeys(cell));
  const latencies: number[] = [];
  const timed = async <T>(work: Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await work;
    latencies.push(performance.now() - started);
    return result;
  };
  const pair = async (id: string): Promise<void> => {
    const request = callOf(id);
    const answer = await timed(gate.acquire(request));
    if (answer.kind !== 'granted') throw new Error(`the gate answered ${JSON.stringify(answer)}`);
    await timed(gate.settle(request, answer, KEEP, { 's:contacts': '{"found":true}' }));
  };
  process.on('message', (round: Round) => {
    latencies.length = 0;
    const started = performance.now();
    void runRound(round, (n) => pair(`${process_}-${round.name}-${n}`)).then(() =>
      process.send?.({ seconds: (performance.now() - started) / 1_000, latencies }),
    );
  });
  process.on('disconnect', () => process.exit(0));
  void redis.connect().then(() => process.send?.('ready'));
}

async function runRound(round: Round, pair: (n: number) => Promise<void>): Promise<void> {
  if (round.perSecond === undefined) {
    let next = 0;
    const caller = async (): Promise<void> => {
      while (next < round.pairs) await pair((next += 1));
    };
    await Promise.all(Array.from({ length: round.callers ?? 1 }, caller));
    return;
  }
  const started = performance.now();
  const underWay: Promise<void>[] = [];
  while (underWay.length < round.pairs) {
    const due = Math.min(round.pairs, ((performance.now() - started) / 1_000) * round.perSecond);
    while (underWay.length < due) underWay.push(pair(underWay.length));
    await delay(1);
  }
  await Promise.all(underWay);
}

function callOf(id: string): CallRequest {
  return {
    callId: `run_bench-c_${id}-e1-h0-find_contacts`,
    tenantId: 'acme',
    runId: 'run_1',
    companyId: 'c_1',
    vendor: 'bench',
    simulated: false,
    op: 'find_contacts',
    input: { domain: `${id}.com` },
    cap: CAP,
    budgets: { run: 1_000_000_000_000, tenantDay: null, vendorDay: null },
    maxCostMicro: 25_000,
    deadlineMs: 10_000,
    repeatable: false,
    subjects: () => [],
    from: 'inline',
  };
}

main(process.argv.slice(2));
