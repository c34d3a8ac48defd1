import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileObjectStorage } from '#libs/object-storage';
import { RunFlow } from '#libs/queue';
import { workerConnectionOptions } from '#libs/redis';
import { IdempotencyKeys, RunRepository } from '#libs/run-state';
import { useTestRedis } from '#libs/testing';
import { acceptRun, type Acceptance, type AcceptingCell } from './accept-run';
import type { RunOptions } from './run-options';
import type { RunSeries } from './series-options';

const REQUEST: RunOptions['request'] = {
  tenant_id: 'acme',
  input: 'run full pipeline',
  mode: 'full',
  limit: 25,
  export: ['csv'],
};
const NIGHT = Date.parse('2026-11-26T01:30:00.400Z');

describe('cron ticks on a real Redis', () => {
  const redis = useTestRedis();
  const flows: RunFlow[] = [];
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'accept-run-'));
    await writeFile(join(folder, 'companies.csv'), 'name,website\nAcme,https://acme.example\n');
  });
  afterEach(async () => {
    await Promise.all(flows.splice(0).map((flow) => flow.close()));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** A host of its own: connections, clock and process are not the others'. */
  async function host(nowMs = NIGHT): Promise<AcceptingCell> {
    const client = await redis.connect();
    const flow = new RunFlow({
      redisUrl: redis.url,
      keys: redis.keys,
      connection: workerConnectionOptions(),
    });
    flows.push(flow);
    await flow.connect();
    return {
      runs: new RunRepository(client, redis.keys),
      idempotency: new IdempotencyKeys(client, redis.keys),
      flow,
      storage: new FileObjectStorage(join(folder, 'objects')),
      nowMs: () => Promise.resolve(nowMs),
    };
  }

  const tick = (
    cell: AcceptingCell,
    { series = {}, request = {}, sinceMs = 0, ...options }: TickOverrides = {},
  ): Promise<Acceptance> =>
    acceptRun(
      {
        request: { ...REQUEST, thread_id: 'nightly', ...request },
        companiesFile: undefined,
        wait: true,
        timeoutMs: 60_000,
        idempotencyKey: undefined,
        json: false,
        series: { source: 'cron', tick: { schedule: 'nightly', slot: 'hour' }, overlap: 'allow', ...series },
        ...options,
      },
      cell,
      { offline: false, sinceMs },
    );
  const runIdOf = (acceptance: Acceptance): string =>
    'run' in acceptance ? acceptance.run.runId : `earlier ${acceptance.earlier.runId}`;

  it('twelve at once on two hosts start one run, of source cron, whose flow is queued once', async () => {
    const hosts = [await host(), await host(NIGHT - 2_000)];
    const accepted = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        tick(hosts[i % 2] as AcceptingCell, { companiesFile: join(folder, 'companies.csv') }),
      ),
    );
    expect(new Set(accepted.map(runIdOf)).size).toBe(1);
    expect(accepted.filter((one) => 'run' in one && one.run.created)).toHaveLength(1);
    const [cell] = hosts as [AcceptingCell];
    const [runId = '', ...others] = await cell.runs.runsOfTenant('acme');
    expect(others).toEqual([]);
    expect(await cell.runs.get({ tenantId: 'acme', runId })).toMatchObject({ source: 'cron' });
    expect(await cell.flow.exportJob(runId)).toBe('live');
  });

  it('an hour later start another one, also where a zone’s clock shows the same hour again', async () => {
    const first = await tick(await host(Date.parse('2026-10-25T00:30:01Z')));
    const second = await tick(await host(Date.parse('2026-10-25T01:30:01Z')));
    expect(runIdOf(second)).not.toBe(runIdOf(first));
  });

  it('count from when the tick came, not from when the cell was there', async () => {
    const cell = await host();
    const first = await tick(cell);
    const late = { ...cell, nowMs: () => Promise.resolve(NIGHT + 3 * 3_600_000) };
    const second = await tick(late, { sinceMs: 3 * 3_600_000 });
    expect(runIdOf(second)).toBe(runIdOf(first));
  });

  it('of one schedule that ask for different things are refused, not run twice', async () => {
    const cell = await host();
    await tick(cell);
    await expect(tick(cell, { request: { limit: 9 } })).rejects.toMatchObject({
      code: 'idempotency_conflict',
    });
  });

  it('without a schedule’s name are one if they ask for the same, and their own if not', async () => {
    const cell = await host();
    const nameless: Partial<RunSeries> = { tick: { schedule: undefined, slot: 'minute' } };
    const [one, same, other] = await Promise.all([
      tick(cell, { series: nameless }),
      tick(cell, { series: nameless }),
      tick(cell, { series: nameless, request: { limit: 9 } }),
    ]);
    expect(runIdOf(same)).toBe(runIdOf(one));
    expect(runIdOf(other)).not.toBe(runIdOf(one));
  });

  it('are what their idempotency key says, if they have one', async () => {
    const [one, other] = [await host(), await host(NIGHT + 7_200_000)];
    const first = await tick(one, { idempotencyKey: 'night-26' });
    expect(runIdOf(await tick(other, { idempotencyKey: 'night-26' }))).toBe(runIdOf(first));
    expect(runIdOf(await tick(one))).not.toBe(runIdOf(first));
  });

  it('that must not overlap leave it at an earlier run that is paused since last night, and go ahead after its end', async () => {
    const lastNight = await host(NIGHT - 86_400_000);
    const tonight = await host();
    const first = await tick(lastNight);
    const run = { tenantId: 'acme', runId: runIdOf(first) };
    await tonight.runs.transition(run, 'running', { event: 'run_start', message: 'Planning' });
    await tonight.runs.transition(run, 'paused', { event: 'run_paused', message: 'Paused: daily cap used' });
    for (const overlap of ['skip', 'wait'] as const) {
      expect(await tick(tonight, { series: { overlap } })).toEqual({ earlier: run });
    }
    await tonight.runs.transition(run, 'cancelled', { event: 'run_cancelled', message: 'Cancelled' });
    const second = await tick(tonight, { series: { overlap: 'skip' } });
    expect(runIdOf(second)).not.toBe(run.runId);
    // The same tick again is no overlap: it is that run.
    expect(runIdOf(await tick(tonight, { series: { overlap: 'skip' } }))).toBe(runIdOf(second));
  });
});

type TickOverrides = Partial<Omit<RunOptions, 'series' | 'request'>> & {
  series?: Partial<RunSeries>;
  sinceMs?: number;
  request?: Partial<RunOptions['request']>;
};
