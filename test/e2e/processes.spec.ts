import { setTimeout as delay } from 'node:timers/promises';
import { toError } from '#libs/kernel';
import { spawnApp, startTestCell, type SpawnedApp, type TestCell } from '#libs/testing';

const BOOT_MS_MAX = 3_000;
const DRAIN_MS_MAX = 25_000;
const APPS = ['api', 'normalize', 'enrich', 'export', 'vendor-sim'] as const;

describe('every process', () => {
  let cell: TestCell;

  beforeAll(async () => {
    cell = await startTestCell({ workers: { normalize: 0, enrich: 0, export: 0 } });
  });

  afterAll(() => cell.stop());

  it.each(APPS)('%s boots within 3 s, the median of three', async (name) => {
    const boots: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      const app = await spawnApp(name, { ...cell.env, LEADGEN_API_PORT: '0', LEADGEN_SIM_PORT: '0' });
      boots.push(app.bootMs);
      await app.stop();
    }
    const [, median = Infinity] = boots.sort((a, b) => a - b);
    process.stdout.write(`${name} boots in ${Math.round(median)} ms\n`);
    expect(median).toBeLessThanOrEqual(BOOT_MS_MAX);
  });

  it.each(APPS)('%s drains on SIGTERM and exits 0', async (name) => {
    const app = await spawnApp(name, { ...cell.env, LEADGEN_API_PORT: '0', LEADGEN_SIM_PORT: '0' });
    expect(await endsWithin(app, DRAIN_MS_MAX)).toBe(0);
  });

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

  it.each(['normalize', 'enrich', 'export'] as const)('%s runs any number of times', async (name) => {
    const apps = await Promise.all(Array.from({ length: 3 }, () => spawnApp(name, cell.env)));
    expect(await Promise.all(apps.map((app) => endsWithin(app, DRAIN_MS_MAX)))).toEqual([0, 0, 0]);
  });
});

async function endsWithin(app: SpawnedApp, ms: number): Promise<number | NodeJS.Signals | 'late'> {
  const patience = new AbortController();
  const late = delay(ms, 'late' as const, { signal: patience.signal }).catch(() => 'late' as const);
  const how = await Promise.race([app.stop(), late]);
  patience.abort();
  return how;
}
