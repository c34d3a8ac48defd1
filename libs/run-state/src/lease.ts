import { type CellKeys, type RedisClient } from '#libs/redis';
import { runStateScripts } from './run-state-scripts';

/** A cell-wide duty that one process holds at a time, e.g. the reconciler. It lapses by itself if its holder dies. */
export class Lease {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    private readonly duty: string,
    private readonly holder: string,
  ) {}

  /** Takes or keeps the duty for `leaseMs`; false if somebody else has it. */
  async take(leaseMs: number): Promise<boolean> {
    const taken = await runStateScripts.takeLease.run(
      this.redis,
      [this.keys.lease(this.duty)],
      [this.holder, leaseMs],
    );
    return taken === 1;
  }

  async release(): Promise<void> {
    await runStateScripts.releaseLease.run(this.redis, [this.keys.lease(this.duty)], [this.holder]);
  }
}
