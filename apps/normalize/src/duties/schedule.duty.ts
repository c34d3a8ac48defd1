import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, REDIS, requireRedisUrl, SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import { toError } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import { RunFlow, ScheduleQueue, ScheduleWorker } from '#libs/queue';
import { CellKeys, RedisClock, type RedisClient } from '#libs/redis';
import { RunRepository } from '#libs/run-state';
import { nextSlotMs, ScheduleRepository, ScheduleRunner, type ScheduleRef } from '#libs/schedules';
import { LeaderDuty } from './leader-duty';

/** Schedules looked at in one pass; the next one goes on. */
const MOST = 200;

/**
 * Starts the runs of schedules. Every normalize process hears of slots as BullMQ brings them; whichever leads looks every
 * second at those that nobody has come by for, starts what waits in line, and puts a lost job scheduler back.
 */
@Injectable()
export class ScheduleDuty extends LeaderDuty {
  private readonly queue: ScheduleQueue;
  private readonly look: (ref: ScheduleRef) => Promise<void>;
  private worker: ScheduleWorker | undefined;

  constructor(
    @Inject(REDIS) redis: RedisClient,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly cellKeys: CellKeys,
    runs: RunRepository,
    flow: RunFlow,
  ) {
    const schedules = new ScheduleRepository(redis, cellKeys);
    const clock = new RedisClock(redis);
    const nowMs = async (): Promise<number> => {
      await clock.measure();
      return Math.floor(clock.now());
    };
    const runner = new ScheduleRunner(schedules, runs, flow, nowMs);
    const queue = new ScheduleQueue(redis, cellKeys, nextSlotMs);
    super(redis, cellKeys, log, {
      name: 'schedules',
      everyMs: 1_000,
      leaseMs: 10_000,
      pass: async () => {
        for (const ref of await schedules.due(await nowMs(), MOST)) {
          const stored = await runner.advance(ref);
          if (!stored || stored.schedule.paused) continue;
          const { cron, time_zone: timeZone } = stored.schedule;
          const rule = { ...ref, cron, timeZone };
          if (!(await queue.has(rule))) await queue.put(rule);
        }
      },
    });
    this.queue = queue;
    this.look = async (ref) => {
      const stored = await runner.advance(ref);
      // Removed while its job was on the way.
      if (!stored || stored.schedule.paused) await queue.remove(ref);
    };
  }

  override start(): void {
    super.start();
    this.worker = new ScheduleWorker({
      redisUrl: requireRedisUrl(this.settings),
      keys: this.cellKeys,
      nextSlotMs,
      look: this.look,
      onError: (error) => {
        const err = toError(error).message;
        this.log.warn({ event: 'schedule_error', err }, 'a slot of a schedule could not be looked at');
      },
    });
  }

  override async stop(): Promise<void> {
    await this.worker?.close();
    await super.stop();
    await this.queue.close();
  }
}
