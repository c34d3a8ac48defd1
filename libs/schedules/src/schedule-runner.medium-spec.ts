import type { Schedule } from '#libs/contracts';
import { RunFlow, ScheduleQueue, ScheduleWorker } from '#libs/queue';
import { workerConnectionOptions } from '#libs/redis';
import { RunRepository } from '#libs/run-state';
import { useTestRedis, waitUntil } from '#libs/testing';
import { nextSlotMs } from './plan/slots';
import { ScheduleRunner } from './schedule-runner';
import { ScheduleRepository } from './store/schedule.repository';

const REF = { tenantId: 'acme', name: 'nightly' };
const DAY = 86_400_000;
const NIGHT = Date.parse('2026-11-26T01:30:00Z');
const SCHEDULE: Schedule = {
  tenant_id: 'acme',
  name: 'nightly',
  cron: '30 2 * * *',
  time_zone: 'Europe/Berlin',
  overlap: 'skip',
  catch_up: 'last',
  catch_up_max: 7,
  paused: false,
  request: { tenant_id: 'acme', input: 'run full pipeline', mode: 'full', limit: 25, export: ['csv'] },
  created_at: '2026-11-01T00:00:00.000Z',
};

describe('schedules on a real Redis', () => {
  const redis = useTestRedis();
  const flows: RunFlow[] = [];
  let now = NIGHT;

  beforeEach(() => {
    now = NIGHT + 2_000;
  });
  afterEach(async () => {
    await Promise.all(flows.splice(0).map((flow) => flow.close()));
  });

  interface Process {
    schedules: ScheduleRepository;
    runs: RunRepository;
    runner: ScheduleRunner;
    flow: RunFlow;
  }

  /** A normalize process of its own. */
  async function process(nowMs: () => number = () => now): Promise<Process> {
    const client = await redis.connect();
    const flow = new RunFlow({
      redisUrl: redis.url,
      keys: redis.keys,
      connection: workerConnectionOptions(),
    });
    flows.push(flow);
    await flow.connect();
    const schedules = new ScheduleRepository(client, redis.keys);
    const runs = new RunRepository(client, redis.keys);
    return { schedules, runs, flow, runner: new ScheduleRunner(schedules, runs, flow, nowMs) };
  }

  const create = (
    { schedules, runner }: Process,
    over: Partial<Schedule> = {},
    sinceMs = NIGHT - 3_600_000,
  ): Promise<void> => {
    const schedule = { ...SCHEDULE, ...over };
    const state = { decided_until: new Date(sinceMs).toISOString(), slots: [] };
    return schedules.create(schedule, state, runner.nextLookMs(schedule, state, sinceMs));
  };
  const end = (runs: RunRepository, runId: string): Promise<boolean> =>
    runs.transition({ tenantId: 'acme', runId }, 'cancelled', {
      event: 'run_cancelled',
      message: 'Cancelled',
    });

  it('a slot that ten processes hear of at once has one run, of source cron in the schedule’s thread, queued', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => process()));
    const [first] = all as [Process];
    await create(first);
    await Promise.all(all.map(({ runner }) => runner.advance(REF)));
    const [runId = '', ...others] = await first.runs.runsOfTenant('acme');
    expect(others).toEqual([]);
    expect(await first.runs.get({ tenantId: 'acme', runId })).toMatchObject({
      source: 'cron',
      thread_id: 'nightly',
    });
    expect(await first.flow.exportJob(runId)).toBe('live');
    expect((await first.schedules.get(REF)).state.slots).toEqual([
      { slot: '2026-11-26T01:30:00.000Z', state: 'started', by: 'clock', why: null, run_id: runId },
    ]);
  });

  it('a process that died between deciding and making the run leaves it to the next, which makes that one', async () => {
    const dying = await process();
    await create(dying);
    const broken = new ScheduleRunner(
      dying.schedules,
      {
        state: (run) => dying.runs.state(run),
        transition: (run, to, details) => dying.runs.transition(run, to, details),
        create: () => Promise.reject(new Error('killed')),
      },
      dying.flow,
      () => now,
    );
    await expect(broken.advance(REF)).rejects.toThrow('killed');
    expect((await dying.schedules.get(REF)).state.slots).toMatchObject([{ state: 'starting', run_id: null }]);
    // Due again within seconds, for whoever leads.
    expect(await dying.schedules.due(now + 10_000, 10)).toEqual([REF]);
    await (await process()).runner.advance(REF);
    expect(await dying.runs.runsOfTenant('acme')).toHaveLength(1);
  });

  it('after three nights away, all are caught up one after the other, oldest first', async () => {
    const one = await process();
    await create(one, { catch_up: 'all' }, NIGHT - 3 * DAY + 3_600_000);
    now = NIGHT + 3_600_000;
    const started: string[] = [];
    for (let night = 0; night < 3; night += 1) {
      const stored = await one.runner.advance(REF);
      const running = stored?.state.slots.filter(({ state }) => state === 'started') ?? [];
      expect(running).toHaveLength(1);
      started.push(running[0]?.slot ?? '');
      await end(one.runs, running[0]?.run_id ?? '');
    }
    expect(started).toEqual([2, 1, 0].map((ago) => new Date(NIGHT - ago * DAY).toISOString()));
  });

  it('cancel-previous ends the run of before, and a run that had ended by itself is left alone', async () => {
    const one = await process();
    await create(one, { overlap: 'cancel-previous' });
    await one.runner.advance(REF);
    const [first = ''] = await one.runs.runsOfTenant('acme');
    now += DAY;
    await one.runner.advance(REF);
    expect(await one.runs.state({ tenantId: 'acme', runId: first })).toBe('cancelled');
    const [second = ''] = await one.runs.runsOfTenant('acme');
    expect(second).not.toBe(first);
    await end(one.runs, second);
    now += DAY;
    await one.runner.advance(REF);
    expect(await one.runs.runsOfTenant('acme')).toHaveLength(3);
  });

  it('a missed night is run again once, and a night that has its run is not', async () => {
    const one = await process();
    await create(one, { catch_up: 'none' }, NIGHT - 2 * DAY + 3_600_000);
    await one.runner.advance(REF);
    const missed = await one.runner.runSlot(REF, NIGHT - DAY);
    expect(missed).toMatchObject({ state: 'waiting', by: 'person' });
    await expect(one.runner.runSlot(REF, NIGHT)).rejects.toMatchObject({ code: 'slot_has_run' });
    const [tonight = ''] = await one.runs.runsOfTenant('acme');
    await end(one.runs, tonight);
    await one.runner.advance(REF);
    const again = await one.runner.runSlot(REF, NIGHT - DAY);
    expect(again).toMatchObject({ slot: new Date(NIGHT - DAY).toISOString(), state: 'started' });
    expect(await one.runs.runsOfTenant('acme')).toHaveLength(2);
  });

  it('paused, its slots pass; resumed, it goes on with the next', async () => {
    const one = await process();
    await create(one, { catch_up: 'all' });
    await one.runner.pause(REF, true);
    now += 2 * DAY;
    await one.runner.pause(REF, false);
    await one.runner.advance(REF);
    expect(await one.runs.runsOfTenant('acme')).toEqual([]);
    now += DAY;
    await one.runner.advance(REF);
    expect(await one.runs.runsOfTenant('acme')).toHaveLength(1);
  });

  it('two of one name are refused; one that is removed is gone, for its job as well', async () => {
    const one = await process();
    await create(one);
    await expect(create(one)).rejects.toMatchObject({ code: 'schedule_exists' });
    expect(await one.schedules.remove(REF)).toBe(true);
    expect(await one.schedules.list('acme')).toEqual([]);
    expect(await one.runner.advance(REF)).toBeUndefined();
    await expect(one.schedules.get(REF)).rejects.toMatchObject({ code: 'schedule_not_found' });
  });

  it('BullMQ’s job scheduler brings slots to a worker as they come, until it is removed', async () => {
    const queue = new ScheduleQueue(redis.redis, redis.keys, nextSlotMs);
    const looks: number[] = [];
    const errors: Error[] = [];
    const worker = new ScheduleWorker({
      redisUrl: redis.url,
      keys: redis.keys,
      nextSlotMs,
      look: async (ref) => {
        expect(ref).toEqual(REF);
        looks.push(Date.now());
        await Promise.resolve();
      },
      onError: (error) => errors.push(error),
    });
    const rule = { ...REF, cron: '* * * * * *', timeZone: 'Europe/Berlin' };
    await queue.put(rule);
    expect(await queue.has(rule)).toBe(true);
    expect(await queue.has({ ...rule, cron: '0 2 * * *' })).toBe(false);
    await waitUntil(() => looks.length >= 3, { timeoutMs: 20_000, what: 'three seconds have come' });
    await queue.remove(REF);
    expect(await queue.has(rule)).toBe(false);
    await worker.close();
    await queue.close();
    expect(errors).toEqual([]);
  });
});
