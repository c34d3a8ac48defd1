import { setTimeout as delay } from 'node:timers/promises';
import { closeRedis, createRedis, workerConnectionOptions } from '#libs/redis';
import { attemptsBurned, type TestCell } from '#libs/testing';
import { postCompanies, startCappedCell, type CappedWindow } from './capped-cell';
import { shareUsed, type WindowUse } from './window-use';

export interface CapsResult {
  bench: 'caps';
  scenario: string;
  processes: number;
  tenants: number;
  seconds: number;
  uses: readonly WindowUse[];
  over: number;
  bought_twice: number;
  /** Attempts that jobs had used up when it ended; caps must burn none. */
  attempts_burned: number;
  used_min: number;
  passed: boolean;
}

export interface CapsScenario {
  scenario: string;
  windows: readonly CappedWindow[];
  /** By tenant; each gets `companies` companies. */
  tenants: Readonly<Record<string, unknown>>;
  companies: number;
  seconds: number;
  /** Share of every window that must be used. */
  usedMin: number;
  latency?: { ms: number; jitterMs: number; jitterShare: number };
  /** Windows at the start that do not count. */
  skip: number;
}

const PROCESSES = 4;
const CONCURRENCY = 4;

/** Many workers against few calls: every window kept by the vendor's own count, and used. */
export async function benchCaps(scenario: CapsScenario): Promise<CapsResult> {
  const { windows, tenants, latency } = scenario;
  const cell = await startCappedCell({ windows, tenants, processes: PROCESSES, concurrency: CONCURRENCY });
  try {
    const vendors = [...new Set(windows.map(({ vendor }) => vendor))];
    for (const vendor of latency ? vendors : [])
      await cell.control('POST', 'latency', { vendor, ...latency });
    const names = Object.keys(tenants);
    await Promise.all(names.map((tenant) => postCompanies(cell, tenant, scenario.companies)));
    // Time is what this measures: so many windows, however busy the machine.
    await delay(scenario.seconds * 1_000);
    return await judged(cell, scenario);
  } finally {
    await cell.stop();
  }
}

async function judged(cell: TestCell, scenario: CapsScenario): Promise<CapsResult> {
  const books = (await cell.control('GET', 'ledger')) as {
    duplicates: number;
    vendors: Record<string, { calls: number; over: number }>;
  };
  const uses = await Promise.all(
    scenario.windows.map(async (window): Promise<WindowUse> => {
      const { vendor, name } = window;
      const { times } = (await cell.control('GET', `timeline?vendor=${vendor}`)) as { times: number[] };
      const { calls = 0, over = 0 } = books.vendors[vendor] ?? {};
      return { vendor, window: name, over, calls, ...shareUsed(times, window, scenario.skip) };
    }),
  );
  const over = Math.max(...uses.map((use) => use.over));
  const burned = await attemptsBurnedIn(cell);
  const { usedMin } = scenario;
  return {
    bench: 'caps',
    scenario: scenario.scenario,
    processes: PROCESSES,
    tenants: Object.keys(scenario.tenants).length,
    seconds: scenario.seconds,
    uses,
    over,
    bought_twice: books.duplicates,
    attempts_burned: burned,
    used_min: usedMin,
    passed: over === 0 && books.duplicates === 0 && burned === 0 && uses.every(({ used }) => used >= usedMin),
  };
}

async function attemptsBurnedIn(cell: TestCell): Promise<number> {
  const redis = createRedis(cell.env.REDIS_URL ?? '', workerConnectionOptions());
  await redis.connect();
  try {
    return await attemptsBurned(redis);
  } finally {
    await closeRedis(redis);
  }
}
