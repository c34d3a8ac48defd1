import { randomUUID } from 'node:crypto';
import { toError } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import type { CellKeys, RedisClient } from '#libs/redis';
import { Lease } from '#libs/run-state';

export interface LeaderDutyOptions {
  /** Names the lease, and what is logged when a pass fails. */
  name: string;
  everyMs: number;
  /** A holder that dies is replaced after so long. */
  leaseMs: number;
  /** `stopping`: the process ends, and waits for this pass. */
  pass: (stopping: AbortSignal) => Promise<void>;
}

/** Something one process of the cell does again and again: whichever holds the lease. A pass may be repeated. */
export class LeaderDuty {
  private readonly lease: Lease;
  private current: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();
  private isPassing = false;
  private timer: NodeJS.Timeout | undefined;
  /** Until when the lease is surely this process's, by its own steady clock. */
  private leadsUntilMs = 0;

  constructor(
    redis: RedisClient,
    keys: CellKeys,
    private readonly logger: Logger,
    private readonly options: LeaderDutyOptions,
  ) {
    this.lease = new Lease(redis, keys, options.name, randomUUID());
  }

  /** Whether this process holds the lease. One that stood still does not, whatever it remembers. */
  isLeading(): boolean {
    return performance.now() < this.leadsUntilMs;
  }

  start(): void {
    this.timer = setInterval(() => {
      // A pass that outlasts the interval is not overtaken by the next one.
      if (!this.isPassing) this.current = this.passIfLeader();
    }, this.options.everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.current;
    this.leadsUntilMs = 0;
    await this.lease.release();
  }

  private async passIfLeader(): Promise<void> {
    this.isPassing = true;
    const { name, leaseMs, pass } = this.options;
    try {
      const askedMs = performance.now();
      const isTaken = await this.lease.take(leaseMs);
      this.leadsUntilMs = isTaken ? askedMs + leaseMs : 0;
      if (isTaken) await pass(this.stopping.signal);
    } catch (error) {
      const err = toError(error).message;
      this.logger.warn({ event: 'duty_failed', duty: name, err }, 'a pass of a duty failed');
    } finally {
      this.isPassing = false;
    }
  }
}
