import { type CellKeys, TTL_SECONDS, type RedisClient } from '#libs/redis';
import { runStateScripts } from './run-state-scripts';

/** A worker process that is alive. */
export interface LiveWorker {
  instance: string;
  /** By how much its clock was ahead of Redis's when it was last heard of, ms. */
  skewMs: number;
}

/** Which stages have live workers, by heartbeat: `CLIENT LIST` is forbidden on many managed Redis services. */
export class WorkerRegistry {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /** Says that `instance` works on `stage`, and how its clock is; call it every few seconds. */
  async beat(stage: string, instance: string, skewMs: number): Promise<void> {
    await this.script(stage, instance, skewMs);
  }

  /** How many instances work on `stage` now. */
  async count(stage: string): Promise<number> {
    return this.script(stage, '', 0);
  }

  /** The instances that work on `stage` now, by name. */
  async list(stage: string): Promise<LiveWorker[]> {
    await this.script(stage, '', 0);
    const skews = await this.redis.hgetall(this.keys.workerSkews(stage));
    return Object.entries(skews)
      .map(([instance, skewMs]) => ({ instance, skewMs: Number(skewMs) }))
      .sort((a, b) => (a.instance < b.instance ? -1 : 1));
  }

  async leave(stage: string, instance: string): Promise<void> {
    await this.redis
      .multi()
      .zrem(this.keys.workers(stage), instance)
      .hdel(this.keys.workerSkews(stage), instance)
      .exec();
  }

  private async script(stage: string, instance: string, skewMs: number): Promise<number> {
    const alive = await runStateScripts.beatWorker.run(
      this.redis,
      [this.keys.workers(stage), this.keys.workerSkews(stage)],
      [instance, TTL_SECONDS.workerHeartbeat * 1000, Math.round(skewMs)],
    );
    return Number(alive);
  }
}
