import { setTimeout as delay } from 'node:timers/promises';
import { toError } from '#libs/kernel';
import { spawnApp, startTestCell, type SpawnedApp, type TestCell } from '#libs/testing';

const BOOT_MS_MAX = 3_000;
const DRAIN_MS_MAX = 25_000;
const BOOTS = 3;
const APPS = ['api', 'normalize', 'enrich', 'export', 'vendor-sim'] as const;

describe('every process', () => {
  let cell: TestCell;

  beforeAll(async () => {
    cell = await startTestCell({ workers: { normalize: 0, enrich: 0, export: 0 } });
  });

  afterAll(() => cell.stop());

  it.each(APPS)(
    '%s boots within 3 s, the median of three that run beside each other, and each drains on SIGTERM and exits 0',
    async (name) => {
      const apps: SpawnedApp[] = [];
      const stopAll = (): Promise<unknown[]> => Promise.all(apps.map((app) => endsWithin(app, DRAIN_MS_MAX)));
      try {
        for (let i = 0; i < BOOTS; i += 1) {
          apps.push(await spawnApp(name, { ...cell.env, LEADGEN_API_PORT: '0', LEADGEN_SIM_PORT: '0' }));
        }
      } catch (error) {
        await stopAll();
        throw error;
      }
      expect(await stopAll()).toEqual(Array.from({ length: BOOTS }, () => 0));
      // While others have the processor it cannot boot: that says nothing of it.
      const [, median = Infinity] = apps
        .map(({ bootMs, queuedMs }) => bootMs - queuedMs)
        .sort((a, b) => a - b);
      const clock = apps.map(({ bootMs }) => Math.round(bootMs)).join(', ');
      process.stdout.write(`${name} boots in ${Math.round(median)} ms (by the clock: ${clock})\n`);
      expect(median).toBeLessThanOrEqual(BOOT_MS_MAX);
    },
  );

  it.each(['api', 'normalize', 'enrich', 'export'] as const)(
    '%s without REDIS_URL says what to set and exits 78',
    async (name) => {
      await expect(spawnApp(name, {})).rejects.toThrow(/ended \(78\)[\s\S]*REDIS_URL/);
    },
  );

  it.each(['api', 'normalize', 'enrich', 'export'] as const)(
    '%s without its Redis exits 69, having logged lines of JSON only',
    async (name) => {
      const start = spawnApp(name, { REDIS_URL: 'redis://127.0.0.1:1' });
      const message = await start.then(
        () => '',
        (error: unknown) => toError(error).message,
      );
      const [first, ...log] = message.trim().split('\n');
      expect(first).toContain('ended (69)');
      expect(log.length).toBeGreaterThan(0);
      expect(log.filter((line) => !line.startsWith('{"level"'))).toEqual([]);
    },
  );
});

async function endsWithin(app: SpawnedApp, ms: number): Promise<number | NodeJS.Signals | 'late'> {
  const patience = new AbortController();
  const late = delay(ms, 'late' as const, { signal: patience.signal }).catch(() => 'late' as const);
  const how = await Promise.race([app.stop(), late]);
  patience.abort();
  return how;
}
