import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, requireRedisUrl, SETTINGS } from '#libs/cell';
import { failpoint, type Settings } from '#libs/config';
import { toError } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import { RunFlow } from '#libs/queue';
import { blockingReadOptions, CellKeys, createRedis, type RedisClient } from '#libs/redis';
import { RunHandover, type RunRef } from '#libs/run-state';

/** How long one look waits for a run, and a stopping process for the look. */
const WAIT_MS = 250;
const RUNS_AT_ONCE = 64;
const AFTER_ERROR_MS = 1_000;

/**
 * Adds the flows of runs that the API has accepted, as soon as they are. Every normalize process does it, each for other runs;
 * where one dies over it, the reconciler adds the flow.
 */
@Injectable()
export class HandoverDuty {
  private readonly blocking: RedisClient;
  private readonly handover: RunHandover;
  private readonly stopping = new AbortController();
  private taking: Promise<void> | undefined;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    keys: CellKeys,
    private readonly flow: RunFlow,
  ) {
    this.blocking = createRedis(requireRedisUrl(settings), blockingReadOptions(WAIT_MS));
    this.blocking.on('error', (error: Error) =>
      logger.warn({ err: error.message }, 'redis connection error'),
    );
    this.handover = new RunHandover(this.blocking, keys);
  }

  start(): void {
    this.taking = this.takeUntilStopped();
  }

  /** What was taken is added first. Without a Redis that answers nothing was. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const patience = setTimeout(() => this.blocking.disconnect(), 2 * WAIT_MS);
    await this.taking;
    clearTimeout(patience);
    this.blocking.disconnect();
  }

  private async takeUntilStopped(): Promise<void> {
    while (!this.isStopping()) {
      try {
        const runs = await this.handover.take({ waitMs: WAIT_MS, max: RUNS_AT_ONCE });
        if (runs.length > 0) failpoint('handover.taken');
        await Promise.all(runs.map((run) => this.addFlow(run)));
      } catch (error) {
        if (this.isStopping()) return;
        const err = toError(error).message;
        this.logger.warn({ event: 'handover_failed', err }, 'accepted runs could not be taken over');
        await delay(AFTER_ERROR_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  /** A method, since it changes while something is waited for. */
  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async addFlow(run: RunRef): Promise<void> {
    try {
      await this.flow.addRun(run);
    } catch (error) {
      const ids = { tenant_id: run.tenantId, run_id: run.runId };
      this.logger.warn(
        { event: 'handover_failed', ...ids, err: toError(error).message },
        'the flow of a run was not added: the reconciler will',
      );
    }
  }
}
