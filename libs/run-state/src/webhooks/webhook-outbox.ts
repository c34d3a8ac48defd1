import type { CellKeys, RedisClient } from '#libs/redis';
import type { RunRef } from '../run-ref';

/** An ending of a run that its webhook is to tell. */
export interface RunEnding extends RunRef {
  /** Sequence of the event that ended the run. */
  eventId: number;
}

/**
 * Endings that nobody has been told of yet. The script that ends a run writes them, so an ending is here or has been taken over
 * by the delivery queue, whoever dies in between.
 */
export class WebhookOutbox {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /** The oldest endings. */
  async waiting(limit: number): Promise<RunEnding[]> {
    const members = await this.redis.zrange(this.keys.webhookOutbox(), '0', String(limit - 1));
    return members.map((member) => {
      const [tenantId = '', runId = '', eventId] = member.split('/');
      return { tenantId, runId, eventId: Number(eventId) };
    });
  }

  /** Somebody else sees to it from here on. */
  async remove({ tenantId, runId, eventId }: RunEnding): Promise<void> {
    await this.redis.zrem(this.keys.webhookOutbox(), `${tenantId}/${runId}/${eventId}`);
  }
}
