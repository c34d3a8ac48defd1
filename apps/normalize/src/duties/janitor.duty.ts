import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, REDIS } from '#libs/cell';
import type { Logger } from '#libs/observability';
import { WaitingChildren } from '#libs/queue';
import { CellKeys, type RedisClient } from '#libs/redis';
import { RunRepository } from '#libs/run-state';
import { LeaderDuty } from './leader-duty';

/**
 * Removes what cancelled runs have left in the queues. Only of cancelled ones: nothing leads back from there, so that whoever
 * comes late removes nothing of a run that goes on. A pass that is interrupted is finished by the next.
 */
@Injectable()
export class JanitorDuty extends LeaderDuty {
  private readonly children: WaitingChildren;

  constructor(
    @Inject(REDIS) redis: RedisClient,
    @Inject(LOGGER) logger: Logger,
    keys: CellKeys,
    runs: RunRepository,
  ) {
    const children = new WaitingChildren(redis, keys);
    super(redis, keys, logger, {
      name: 'janitor',
      everyMs: 2_000,
      // Two at once only do the same twice: what one has removed is gone for the other.
      leaseMs: 10_000,
      pass: async () => {
        const waiting = await children.runs();
        const states = await Promise.all(waiting.map((run) => runs.state(run)));
        for (const { tenantId, runId } of waiting.filter((_run, i) => states[i] === 'cancelled')) {
          const { removed, left } = await children.remove(runId);
          if (removed === 0) continue;
          const ids = { tenant_id: tenantId, run_id: runId };
          logger.info({ event: 'run_swept', ...ids, removed, left }, 'jobs of a cancelled run were removed');
        }
      },
    });
    this.children = children;
  }

  override async stop(): Promise<void> {
    await super.stop();
    await this.children.disconnect();
  }
}
