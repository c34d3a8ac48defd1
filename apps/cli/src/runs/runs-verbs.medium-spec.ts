import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CellKeys, createRedis, embeddedRedisOf, startEmbeddedRedis, type RedisClient } from '#libs/redis';
import { RunRepository, type CreateRunOptions, type RunRef } from '#libs/run-state';
import { startTestRedis, testRedisPath, type TestRedis, waitUntil } from '#libs/testing';
import { leadgen, type Ended, type LeadgenOptions } from '../../test/leadgen';

let redis: TestRedis;
let client: RedisClient;
let runs: RunRepository;
let folder: string;

beforeAll(async () => {
  redis = await startTestRedis();
  client = createRedis(redis.url, {});
  runs = new RunRepository(client, new CellKeys('main'));
  folder = await mkdtemp(join(tmpdir(), 'leadgen-runs-'));
});
afterAll(async () => {
  client.disconnect();
  await redis.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => client.flushall());

const run = (words: readonly string[], started?: LeadgenOptions['started']): Promise<Ended> =>
  leadgen(words, { cwd: folder, env: { REDIS_URL: redis.url }, ...(started && { started }) });
const create = (
  tenant: string,
  thread: string,
  source: CreateRunOptions['source'] = 'cli',
): Promise<RunRef> =>
  runs.create(
    {
      tenant_id: tenant,
      thread_id: thread,
      input: 'run full pipeline',
      mode: 'full',
      limit: 50,
      export: ['csv'],
    },
    { source },
  );
const rows = ({ stdout }: Ended): Record<string, unknown>[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const ids = (ended: Ended): unknown[] =>
  rows(ended)
    .filter(({ event }) => event === 'run')
    .map(({ run_id: id }) => id);
const start = (ref: RunRef): Promise<boolean> =>
  runs.transition(ref, 'running', { event: 'run_start', message: 'Planning', phase: 'plan' });
const end = (ref: RunRef): Promise<boolean> =>
  runs.transition(ref, 'failed', { event: 'run_failed', message: 'It broke' });

describe('leadgen runs', () => {
  it('lists what has not ended, of all tenants, the one that waits longest first', async () => {
    const [first, ended, last] = [
      await create('acme', 'a'),
      await create('acme', 'b'),
      await create('globex', 'c'),
    ];
    await start(ended);
    await end(ended);
    const listed = await run(['runs', '--json']);
    expect(ids(listed)).toEqual([first.runId, last.runId]);
    expect(listed).toMatchObject({ exitCode: 0, result: { event: 'result', exit_code: 0, all: true } });
    expect(rows(listed)[0]).toMatchObject({
      tenant_id: 'acme',
      thread_id: 'a',
      state: 'queued',
      source: 'cli',
    });
  });

  it('lists a tenant’s own, newest first, by thread, source and state, and says when there are more', async () => {
    const night = await create('acme', 'nightly', 'cron');
    // Runs of one millisecond are equally new.
    const nightMs = Date.now();
    await waitUntil(() => Date.now() > nightMs, { timeoutMs: 1_000, what: 'the next millisecond' });
    const day = await create('acme', 'q3');
    await create('globex', 'q3');
    await start(day);
    const listed = (...words: string[]): Promise<Ended> => run(['runs', '--tenant-id', 'acme', ...words]);
    expect(ids(await listed())).toEqual([day.runId, night.runId]);
    expect(ids(await listed('--thread-id', 'q3'))).toEqual([day.runId]);
    expect(ids(await listed('--source', 'cron'))).toEqual([night.runId]);
    expect(ids(await listed('--state', 'running'))).toEqual([day.runId]);
    const page = await listed('--limit', '1');
    expect(ids(page)).toEqual([day.runId]);
    expect(page.result).toMatchObject({ all: false });
  });
});

describe('leadgen events', () => {
  it('tells everything once, from where it is asked to, and follows until the end', async () => {
    const ref = await create('acme', 'q3');
    const words = ['events', '--tenant-id', 'acme', '--run-id', ref.runId];
    await start(ref);
    expect(rows(await run(words)).map(({ type }) => type)).toEqual(['run_accepted', 'run_start', undefined]);

    const followed = await run([...words, '--after', '1', '--follow'], (child) => {
      child.stdout?.once('data', () => void end(ref));
    });
    expect(rows(followed).map(({ id }) => id)).toEqual([2, 3, undefined]);
    expect(followed.result).toMatchObject({ exit_code: 0, state: 'failed', events: 2, last_event_id: 3 });
  });

  it('tells thousands of them', async () => {
    const ref = await create('acme', 'q3');
    for (let i = 0; i < 1_200; i += 1) await runs.announce(ref, 'progress', 'enrich', `${i}`);
    const told = await run(['events', '--tenant-id', 'acme', '--run-id', ref.runId]);
    expect(rows(told).filter(({ event }) => event === 'status')).toHaveLength(1_201);
  });
});

describe('a run named by its thread', () => {
  it('is the active one for who does something, and all are named if there are several', async () => {
    const ended = await create('acme', 'q3');
    const active = await create('acme', 'q3');
    const later = await create('acme', 'q3');
    for (const ref of [ended, later]) await start(ref).then(() => end(ref));
    const cancel = ['cancel', '--tenant-id', 'acme', '--thread-id', 'q3'];
    expect((await run(cancel)).result).toMatchObject({
      run_id: active.runId,
      state: 'cancelled',
      changed: true,
    });

    const two = [await create('acme', 'q3'), await create('acme', 'q3')];
    const ambiguous = await run(cancel);
    expect(ambiguous).toMatchObject({ exitCode: 2, result: { error: { code: 'run_ambiguous' } } });
    for (const { runId } of two) expect(ambiguous.stderr).toContain(runId);
  });

  it('says so when there is nothing to do', async () => {
    const { runId } = await create('acme', 'q3');
    const words = ['cancel', '--tenant-id', 'acme', '--run-id', runId];
    expect((await run(words)).result).toMatchObject({ changed: true, message: 'Cancelled by a person' });
    expect((await run(words)).result).toMatchObject({
      exit_code: 0,
      changed: false,
      message: /Nothing to do/,
    });
  });
});

describe('leadgen status --wait', () => {
  it('ends as the run did', async () => {
    const ref = await create('acme', 'q3');
    await start(ref);
    const waiting = run(['status', '--tenant-id', 'acme', '--thread-id', 'q3', '--wait'], (child) => {
      child.stdout?.once('data', () => void end(ref));
    });
    expect(await waiting).toMatchObject({ exitCode: 1, result: { exit_code: 1, state: 'failed' } });
  });

  it('leaves at its deadline with 5, and the run to itself', async () => {
    const ref = await create('acme', 'q3');
    const words = ['status', '--tenant-id', 'acme', '--thread-id', 'q3', '--wait', '--timeout', '1'];
    expect(await run(words)).toMatchObject({ exitCode: 5, result: { exit_code: 5, state: 'queued' } });
    expect(await runs.state(ref)).toBe('queued');
  });
});

describe('the private cell of a data folder', () => {
  it('is looked into without REDIS_URL while a leadgen works there, and when it has ended; nothing is left running', async () => {
    const env = { LEADGEN_DATA_DIR: join(folder, 'data'), PATH: await testRedisPath() };
    const looking = (words: readonly string[]): Promise<Ended> => leadgen(words, { cwd: folder, env });
    const nothing = await looking(['runs']);
    expect(nothing).toMatchObject({ exitCode: 2, result: { error: { code: 'usage' } } });
    expect(nothing.stderr).toMatch(
      /REDIS_URL is not set, and no leadgen has worked in .*data: name the cell/,
    );

    const embedded = await startEmbeddedRedis({ dataDir: env.LEADGEN_DATA_DIR, appendOnly: true, env });
    const inside = createRedis(embedded.url, {});
    const { tenantId, runId } = await new RunRepository(inside, new CellKeys('main')).create(
      { tenant_id: 'acme', thread_id: 'q3', input: 'go', mode: 'full', limit: 5, export: ['csv'] },
      { source: 'cli' },
    );
    expect(ids(await looking(['runs']))).toEqual([runId]);
    inside.disconnect();
    await embedded.stop();

    // Two at once: each waits for the other to be gone.
    const both = await Promise.all([looking(['runs']), looking(['runs'])]);
    expect(both.map(ids)).toEqual([[runId], [runId]]);
    const cancelled = await looking(['cancel', '--tenant-id', tenantId, '--run-id', runId]);
    expect(cancelled.result).toMatchObject({ exit_code: 0, state: 'cancelled' });
    expect((await embeddedRedisOf(env.LEADGEN_DATA_DIR)).standing).toBe('stopped');
  });
});
