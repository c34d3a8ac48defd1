import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditLog } from '#libs/audit';
import type { Schedule } from '#libs/contracts';
import { RunRepository } from '#libs/run-state';
import { ScheduleRepository } from '#libs/schedules';
import { useTestRedis } from '#libs/testing';
import { leadgen, type Ended } from '../../test/leadgen';
import type { ShownSchedule } from './shown-schedule';

const HOUR_MS = 3_600_000;
const NAMED = ['--tenant-id', 'acme', '--name', 'nightly'] as const;

describe('leadgen schedules, on a real Redis', () => {
  const used = useTestRedis();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadgen-schedules-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const schedules = (...words: string[]): Promise<Ended> =>
    leadgen(['schedules', ...words], {
      cwd: folder,
      env: { REDIS_URL: used.url, LEADGEN_CELL: used.keys.cell },
    });
  async function done(...words: string[]): Promise<Record<string, unknown>> {
    const ended = await schedules(...words);
    expect(ended).toMatchObject({ exitCode: 0, stderr: '', result: { event: 'result', exit_code: 0 } });
    return ended.result;
  }
  const listed = async (): Promise<ShownSchedule[]> =>
    (await done('list', '--tenant-id', 'acme')).schedules as ShownSchedule[];

  /** At every full hour, and nobody has looked for two of them. */
  async function hourly(): Promise<{ missed: string }> {
    const now = Date.now();
    const missed = new Date(Math.floor(now / HOUR_MS) * HOUR_MS).toISOString();
    const schedule: Schedule = {
      tenant_id: 'acme',
      name: 'nightly',
      cron: '0 * * * *',
      time_zone: 'UTC',
      overlap: 'skip',
      catch_up: 'none',
      catch_up_max: 7,
      paused: false,
      request: {
        tenant_id: 'acme',
        thread_id: 'nightly',
        input: 'run',
        mode: 'full',
        limit: 5,
        export: ['csv'],
      },
      created_at: new Date(now - 3 * HOUR_MS).toISOString(),
    };
    const state = { decided_until: new Date(now).toISOString(), slots: [] };
    await new ScheduleRepository(used.redis, used.keys).create(schedule, state, now + HOUR_MS);
    return { missed };
  }

  it('list tells those of one tenant, with their next slot', async () => {
    await hourly();
    const [first, ...others] = await listed();
    expect(first).toMatchObject({
      name: 'nightly',
      cron: '0 * * * *',
      paused: false,
      waiting: 0,
      last: null,
    });
    expect(Date.parse(String(first?.next_slot))).toBeGreaterThan(Date.now() - 1_000);
    expect(others).toEqual([]);
    expect((await done('list', '--tenant-id', 'globex')).schedules).toEqual([]);
  });

  it('resume goes on with the next slot of a schedule that was paused, once, and is on record', async () => {
    await hourly();
    expect(await done('pause', ...NAMED)).toMatchObject({ changed: true });
    expect((await listed())[0]).toMatchObject({ paused: true, next_slot: null });
    expect(await done('resume', ...NAMED)).toMatchObject({ changed: true, schedule: { paused: false } });
    expect(await done('resume', ...NAMED)).toMatchObject({ changed: false });
    expect(Date.parse(String((await listed())[0]?.next_slot))).toBeGreaterThan(Date.now() - 1_000);
    const { entries } = await new AuditLog(used.redis, used.keys).read();
    expect(entries.map(({ action }) => action)).toEqual(['schedule.resumed', 'schedule.paused']);
  });

  it('rerun starts the run of a slot that was missed, which has one run however often it is asked for', async () => {
    const { missed } = await hourly();
    const rerun = ['rerun', ...NAMED, '--slot', missed];
    const { run_id: runId } = await done(...rerun);
    const run = { tenantId: 'acme', runId: String(runId) };
    expect(await new RunRepository(used.redis, used.keys).get(run)).toMatchObject({
      state: 'queued',
      source: 'cron',
      thread_id: 'nightly',
    });
    expect(await done(...rerun)).toMatchObject({ run_id: runId });
    expect((await listed())[0]?.last).toMatchObject({ slot: missed, run_id: runId });
  });

  it.each<[string, () => string, RegExp]>([
    [
      'is none of the schedule',
      () => new Date(Date.now() - HOUR_MS).toISOString().replace(/:\d\d:.*/, ':17Z'),
      /is no slot of nightly/,
    ],
    [
      'has not come',
      () => new Date((Math.floor(Date.now() / HOUR_MS) + 2) * HOUR_MS).toISOString(),
      /has not come yet/,
    ],
    ['is no time', () => 'yesterday', /--slot/],
  ])('rerun of a slot that %s is refused with 2', async (_what, slot, message) => {
    await hourly();
    const ended = await schedules('rerun', ...NAMED, '--slot', slot());
    expect(ended.exitCode).toBe(2);
    expect(ended.result.error?.message).toMatch(message);
  });
});
