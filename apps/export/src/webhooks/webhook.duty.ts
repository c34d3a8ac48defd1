import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, REDIS, requireRedisUrl, SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import { toError } from '#libs/kernel';
import { isTracing, traced, type Logger } from '#libs/observability';
import { WebhookQueue, WebhookWorker } from '#libs/queue';
import { CellKeys, type RedisClient } from '#libs/redis';
import { RunRepository, RunTraces, WebhookLog, WebhookOutbox } from '#libs/run-state';
import { Sealer } from '#libs/sealing';
import { TenantWebhooks } from '#libs/tenancy';
import { createReceiverClient } from '#libs/vendors';
import { deliverySpan } from './delivery-span';
import { WebhookDelivery } from './webhook-delivery';

/** Receivers take their time, and nothing else waits for them. */
const CONCURRENCY = 16;
const LOOK_EVERY_MS = 1_000;
const ENDINGS_AT_ONCE = 100;
/** How long a stopping process waits for receivers; exports have to end in the same drain. */
const FINISH_MS = 3_000;

/**
 * Tells receivers of runs that have ended: moves endings from the outbox into the queue of webhooks, and delivers those. Every
 * export process does both; an ending that two move is queued once.
 */
@Injectable()
export class WebhookDuty {
  private readonly outbox: WebhookOutbox;
  private readonly queue: WebhookQueue;
  private readonly stopping = new AbortController();
  private readonly givingUp = new AbortController();
  private worker: WebhookWorker | undefined;
  private moving: Promise<void> | undefined;

  constructor(
    @Inject(REDIS) private readonly redis: RedisClient,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly keys: CellKeys,
    private readonly runs: RunRepository,
    private readonly traces: RunTraces,
  ) {
    this.outbox = new WebhookOutbox(redis, keys);
    this.queue = new WebhookQueue(redis, keys);
  }

  start(): void {
    const { settings, keys, runs } = this;
    const rules = { offline: settings.runtime.offline, loopback: settings.webhooks.loopback };
    const sealer = new Sealer(settings.sealing.keys);
    const delivery = new WebhookDelivery({
      runs,
      defaults: new TenantWebhooks(this.redis, keys, sealer),
      log: new WebhookLog(this.redis, keys),
      sealer,
      http: createReceiverClient(rules),
      rules,
      signal: this.givingUp.signal,
    });
    this.worker = new WebhookWorker({
      redisUrl: requireRedisUrl(settings),
      keys,
      concurrency: CONCURRENCY,
      deliver: async (payload, context) => {
        const run = isTracing() ? await this.traces.of(payload) : undefined;
        return traced(
          () => deliverySpan(payload, context, run),
          async (span) => {
            const outcome = await delivery.attempt(payload, context);
            span.set({ outcome });
            const { tenantId, runId } = payload;
            this.logger.info(
              { event: `webhook_${outcome}`, tenant_id: tenantId, run_id: runId, attempt: context.attempt },
              `webhook ${outcome.replace('_', ' ')}`,
            );
            return outcome;
          },
        );
      },
      onError: (error) => this.warn(error),
    });
    this.moving = this.move();
  }

  /** Waits a little for deliveries in hand; those that take longer are tried again by another process. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const patience = setTimeout(() => this.givingUp.abort(), FINISH_MS);
    await this.moving;
    await this.worker?.close();
    clearTimeout(patience);
    await this.queue.close();
  }

  private async move(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        for (const ending of await this.outbox.waiting(ENDINGS_AT_ONCE)) {
          await this.queue.add(ending);
          await this.outbox.remove(ending);
        }
      } catch (error) {
        this.warn(toError(error));
      }
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private warn(error: Error): void {
    this.logger.warn({ event: 'webhook_error', err: error.message }, 'webhooks could not be worked on');
  }
}
