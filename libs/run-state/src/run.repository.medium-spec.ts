import type { RunRequest } from '#libs/contracts';
import { useTestRedis } from '#libs/testing';
import type { RunRef } from './run-ref';
import { RunRepository } from './run.repository';

const REQUEST: RunRequest = {
  tenant_id: 'acme',
  input: 'run full pipeline',
  mode: 'full',
  limit: 25,
  export: ['csv', 'jsonl'],
};

describe('RunRepository on a real Redis', () => {
  const cell = useTestRedis();
  let runs: RunRepository;

  beforeEach(() => {
    runs = new RunRepository(cell.redis, cell.keys);
  });

  const create = async (): Promise<RunRef> => runs.create(REQUEST, { source: 'cli' });

  it('gives 200 concurrent creators with one idempotency key the same run', async () => {
    const created = await Promise.all(
      Array.from({ length: 200 }, () => runs.create(REQUEST, { source: 'api', idempotencyKey: 'nightly' })),
    );
    expect(new Set(created.map(({ runId }) => runId)).size).toBe(1);
    expect(created.filter((run) => run.created)).toHaveLength(1);
    expect(await runs.runsOfTenant('acme')).toHaveLength(1);
  });

  it('refuses another request under a used idempotency key', async () => {
    await runs.create(REQUEST, { source: 'api', idempotencyKey: 'k' });
    const other = runs.create({ ...REQUEST, limit: 3 }, { source: 'api', idempotencyKey: 'k' });
    await expect(other).rejects.toMatchObject({ code: 'idempotency_conflict' });
  });

  it('never lets a tenant have more active runs than it may, however many ask at once; an end makes room', async () => {
    const other = new RunRepository(await cell.connect(), cell.keys);
    const ask = (client: RunRepository, idempotencyKey?: string): Promise<RunRef> =>
      client.create(REQUEST, {
        source: 'api',
        activeRunsMax: 5,
        ...(idempotencyKey !== undefined && { idempotencyKey }),
      });
    const first = await ask(runs, 'first');
    const asked = await Promise.allSettled(Array.from({ length: 60 }, (_, i) => ask(i % 2 ? runs : other)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
    expect(await runs.runsOfTenant('acme')).toHaveLength(5);
    await expect(ask(runs, 'sixth')).rejects.toMatchObject({ code: 'too_many_runs' });
    // A repeated request is answered with its run, and one that was refused may come again under its key.
    expect(await ask(runs, 'first')).toMatchObject({ runId: first.runId, created: false });
    await runs.transition(first, 'cancelled', { event: 'run_cancelled', message: 'stop' });
    expect(await ask(runs, 'sixth')).toMatchObject({ created: true });
    // Other tenants, and callers without a limit, are not concerned.
    await runs.create({ ...REQUEST, tenant_id: 'globex' }, { source: 'api', activeRunsMax: 1 });
    await create();
  });

  it('counts a retry among the active runs, however many are asked for at once', async () => {
    const other = new RunRepository(await cell.connect(), cell.keys);
    const ended: RunRef[] = [];
    for (let i = 0; i < 12; i += 1) {
      const run = await runs.create(REQUEST, { source: 'api' });
      await runs.transition(run, 'running', { event: 'run_start', message: 'go' });
      await runs.transition(run, 'partial', { event: 'run_complete', message: 'done' });
      ended.push(run);
    }
    const limited = { causes: ['failed'], activeRunsMax: 5 };
    const asked = await Promise.allSettled([
      ...ended.map((run, i) => (i % 2 ? runs : other).retries.begin(run, 'again', limited)),
      ...Array.from({ length: 12 }, () => runs.create(REQUEST, { source: 'api', activeRunsMax: 5 })),
    ]);
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    for (const answer of asked) {
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'too_many_runs' });
    }
    expect(await runs.activeRuns()).toHaveLength(5);
    const refused = ended[asked.findIndex(({ status }) => status === 'rejected')];
    if (!refused) throw new Error('none was refused');
    // A refused one is as it was: it can be tried again once there is room.
    expect(await runs.state(refused)).toBe('partial');
    for (const run of await runs.activeRuns()) {
      await runs.transition(run, 'cancelled', { event: 'run_cancelled', message: 'stop' });
    }
    expect(await runs.retries.begin(refused, 'again', limited)).toEqual({ epoch: 1 });
  });

  it('keeps the lists of a thread and of a tenant from growing: runs past their retention leave with the next one', async () => {
    const request = { ...REQUEST, thread_id: 'nightly' };
    const old = await runs.create(request, { source: 'cli' });
    for (const list of [cell.keys.thread('acme', 'nightly'), cell.keys.tenantRuns('acme')]) {
      await cell.redis.zincrby(list, -31 * 86_400_000, old.runId);
    }
    const { runId } = await runs.create(request, { source: 'cli' });
    expect(await runs.runsOfThread('acme', 'nightly')).toEqual([runId]);
    expect(await runs.runsOfTenant('acme')).toEqual([runId]);
  });

  it('never finds a run under another tenant', async () => {
    const { runId } = await create();
    expect(await runs.find({ tenantId: 'globex', runId })).toBeUndefined();
  });

  it('lets exactly one of two racing ends of a run win', async () => {
    const run = await create();
    await runs.transition(run, 'running', { event: 'run_start', message: 'go' });
    const ends = await Promise.allSettled([
      runs.transition(run, 'completed', { event: 'run_complete', message: 'done' }),
      runs.transition(run, 'cancelled', { event: 'run_cancelled', message: 'stop' }),
    ]);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('lets one of two clients that start the same run win, and tells the other it was there already', async () => {
    const run = await create();
    const rival = await cell.connect();
    const start = (repository: RunRepository): Promise<boolean> =>
      repository.transition(run, 'running', { event: 'run_start', message: 'go' });
    const started = await Promise.all([start(runs), start(new RunRepository(rival, cell.keys))]);
    expect(started.sort()).toEqual([false, true]);
    expect((await runs.events(run)).map(({ type }) => type)).toEqual(['run_accepted', 'run_start']);
  });

  it('knows when a run started that was paused before anybody worked on it', async () => {
    const run = await create();
    await runs.transition(run, 'paused', { event: 'run_paused', message: 'wait' });
    await runs.transition(run, 'running', { event: 'run_resumed', message: 'go' });
    expect((await runs.get(run)).started_at).not.toBeNull();
  });

  it('moves the cursor for the holder of the fence only', async () => {
    const run = await create();
    const first = await runs.adding.claim(run);
    const second = await runs.adding.claim(run);
    if ('closed' in first || 'closed' in second) throw new Error('the run takes companies');
    await runs.adding.advance(run, second.token, { cursor: 500, candidates: 900 });
    const frozen = runs.adding.advance(run, first.token, { cursor: 0, candidates: 900 });
    await expect(frozen).rejects.toMatchObject({ code: 'fenced_out' });
    expect(await runs.adding.claim(run)).toMatchObject({ cursor: 500 });
    await runs.transition(run, 'cancelled', { event: 'run_cancelled', message: 'stop' });
    const late = runs.adding.advance(run, second.token, { cursor: 900, candidates: 900 });
    await expect(late).rejects.toMatchObject({ code: 'fenced_out' });
  });

  it('says nothing more about a run that has ended', async () => {
    const run = await create();
    await runs.transition(run, 'cancelled', { event: 'run_cancelled', message: 'stopped' });
    expect(await runs.announce(run, 'progress', 'enrich', 'late worker')).toBe(false);
    expect((await runs.get(run)).status.message).toBe('stopped');
  });

  it('fences out the previous adder, and every adder once adding has ended', async () => {
    const run = await create();
    const first = await runs.adding.claim(run);
    const second = await runs.adding.claim(run);
    expect(first).toMatchObject({ token: '1' });
    expect(second).toMatchObject({ token: '2' });
    expect(await runs.adding.close(run)).toBe('queued');
    expect(await cell.redis.get(cell.keys.fence(run.tenantId, run.runId))).toBe('3');
    expect(await runs.adding.claim(run)).toEqual({ closed: 'queued' });
  });

  it('records a stage over its budget as a verdict and an event, and does not end the run', async () => {
    const run = await create();
    await runs.transition(run, 'running', { event: 'run_start', message: 'go' });
    expect(await runs.stages.record(run, 'normalize', 31_000)).toMatchObject({ within: false });
    expect(await runs.stages.record(run, 'export', 5)).toMatchObject({ within: true });
    const events = await runs.events(run);
    expect(events.at(-1)).toMatchObject({ type: 'stage_budget_exceeded', state: 'running' });
  });

  it('begins no run anew by noting a stage of one that has expired', async () => {
    const run = await create();
    const key = cell.keys.run('acme', run.runId);
    await cell.redis.del(key);
    for (const tookMs of [5, 31_000]) {
      await expect(runs.stages.record(run, 'normalize', tookMs)).rejects.toMatchObject({
        code: 'run_not_found',
      });
    }
    expect(await cell.redis.exists(key)).toBe(0);
  });

  it('gives an export twenty seconds for every thousand leads', async () => {
    const run = await create();
    expect(await runs.stages.record(run, 'export', 55_000, 2_001)).toMatchObject({ within: true });
    expect(await runs.stages.record(run, 'export', 55_000, 2_000)).toMatchObject({ within: false });
  });

  it('gives every key of a run a time to live', async () => {
    const run = await runs.create(REQUEST, { source: 'cli', idempotencyKey: 'ttl' });
    await runs.adding.claim(run);
    const all = await cell.redis.keys(`${cell.keys.run('acme', run.runId).split('acme')[0]}*`);
    const lasting: string[] = [];
    for (const key of all) if ((await cell.redis.ttl(key)) < 0) lasting.push(key);
    expect(lasting).toEqual([cell.keys.activeRuns()]);
  });
});
