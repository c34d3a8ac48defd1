import { webhookAttemptSchema, type WebhookAttempt } from '#libs/contracts';
import { TTL_SECONDS, type CellKeys, type RedisClient } from '#libs/redis';
import type { RunRef } from '../run-ref';

/** Attempts kept per run, the latest. */
export const WEBHOOK_ATTEMPTS_KEPT = 100;

/** What became of a run's webhooks, attempt by attempt. */
export class WebhookLog {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  async append(run: RunRef, attempt: WebhookAttempt): Promise<void> {
    const key = this.keys.webhookLog(run.tenantId, run.runId);
    await this.redis
      .multi()
      .rpush(key, JSON.stringify(attempt))
      .ltrim(key, -WEBHOOK_ATTEMPTS_KEPT, -1)
      .expire(key, TTL_SECONDS.run)
      .exec();
  }

  /** Oldest first. */
  async list(run: RunRef): Promise<WebhookAttempt[]> {
    const entries = await this.redis.lrange(this.keys.webhookLog(run.tenantId, run.runId), 0, -1);
    return entries.map((entry) => webhookAttemptSchema.parse(JSON.parse(entry)));
  }
}
