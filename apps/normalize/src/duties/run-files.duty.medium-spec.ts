import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { FileObjectStorage, objectKeys } from '#libs/object-storage';
import { createLogger } from '#libs/observability';
import { useTestRedis, waitUntil } from '#libs/testing';
import { RunFilesDuty } from './run-files.duty';

const PATIENCE_MS = 20_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('files of runs whose records are forgotten', () => {
  const cell = useTestRedis();
  let root: string;
  let storage: FileObjectStorage;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'leadgen-run-files-'));
    storage = new FileObjectStorage(root);
  });

  afterEach(async () => {
    jest.useRealTimers();
    await rm(root, { recursive: true });
  });

  const runOfAge = async (tenantId: string, days: number): Promise<string> => {
    const runId = `run_${ulid(Date.now() - days * DAY_MS)}`;
    for (const file of ['leads.csv', 'summary.json'] as const)
      await storage.write(objectKeys.runFile(tenantId, runId, file), 'x');
    return runId;
  };

  const runFolders = async (tenantId: string): Promise<string[]> =>
    (await readdir(join(root, 'runs', tenantId))).sort();

  const passOf = (...duties: RunFilesDuty[]): void => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'performance', 'Date'] });
    for (const duty of duties) duty.start();
    jest.advanceTimersByTime(HOUR_MS);
    jest.useRealTimers();
  };

  const duty = (): RunFilesDuty =>
    new RunFilesDuty(cell.redis, createLogger({ app: 'normalize', level: 'silent' }), storage, cell.keys);

  it('go with their folder after 30 days, of all tenants; what is younger, remembered or not a run’s stays', async () => {
    await runOfAge('acme', 31);
    await runOfAge('globex', 400);
    const young = await runOfAge('acme', 29);
    const remembered = await runOfAge('acme', 90);
    await cell.redis.hset(cell.keys.run('acme', remembered), 'state', 'paused');
    await storage.write('runs/acme/notes/readme.txt', 'of somebody else');
    const duties = [duty(), duty()];
    passOf(...duties);
    await waitUntil(
      async () => (await runFolders('acme')).length === 3 && (await runFolders('globex')).length === 0,
      { timeoutMs: PATIENCE_MS, what: 'the files of forgotten runs are gone' },
    );
    await Promise.all(duties.map((each) => each.stop()));
    expect(await runFolders('acme')).toEqual(['notes', remembered, young].sort());
    expect(await storage.exists(objectKeys.runFile('acme', young, 'leads.csv'))).toBe(true);
    expect(await storage.exists(objectKeys.runFile('acme', remembered, 'leads.csv'))).toBe(true);
  });

  it('are none where nothing was ever stored', async () => {
    const only = duty();
    passOf(only);
    await only.stop();
    expect(await readdir(root)).toEqual([]);
  });
});
