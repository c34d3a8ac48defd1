import { type CellKeys, TTL_SECONDS, type RedisClient } from '#libs/redis';
import { runStateScripts } from './run-state-scripts';

/** Which stages have live workers, by heartbeat: `CLIENT LIST` is forbidden on many managed Redis services. */
export class WorkerRegistry {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /** Says that `instance` works on `stage`; call it every few seconds. */
  async beat(stage: string, instance: string): Promise<void> {
    await this.script(stage, instance);
  }

  /** How many instances work on `stage` now. */
  async count(stage: string): Promise<number> {
    return this.script(stage, '');
  }

  async leave(stage: string, instance: string): Promise<void> {
    await this.redis.zrem(this.keys.workers(stage), instance);
  }

  private async script(stage: string, instance: string): Promise<number> {
    const alive = await runStateScripts.beatWorker.run(
      this.redis,
      [this.keys.workers(stage)],
      [instance, TTL_SECONDS.workerHeartbeat * 1000],
    );
    return Number(alive);
  }
}
