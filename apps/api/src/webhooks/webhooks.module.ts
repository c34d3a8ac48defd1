import { Module } from '@nestjs/common';
import { REDIS, SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import { WebhookQueue } from '#libs/queue';
import { CellKeys, type RedisClient } from '#libs/redis';
import { WebhookLog, WebhookRedeliveries } from '#libs/run-state';
import { Sealer } from '#libs/sealing';
import { TenantWebhooks } from '#libs/tenancy';
import { RunFinder } from '../orchestrations/run-finder';
import { WebhookRedelivery } from './webhook-redelivery';
import { WebhooksController } from './webhooks.controller';

/** Runs tell a URL of the tenant's that they have ended; what is here shows what became of that, and has it told again. */
@Module({
  controllers: [WebhooksController],
  providers: [
    RunFinder,
    {
      provide: WebhookLog,
      useFactory: (redis: RedisClient, keys: CellKeys) => new WebhookLog(redis, keys),
      inject: [REDIS, CellKeys],
    },
    {
      provide: WebhookRedeliveries,
      useFactory: (redis: RedisClient, keys: CellKeys) => new WebhookRedeliveries(redis, keys),
      inject: [REDIS, CellKeys],
    },
    {
      provide: WebhookQueue,
      useFactory: (redis: RedisClient, keys: CellKeys) => new WebhookQueue(redis, keys),
      inject: [REDIS, CellKeys],
    },
    {
      provide: TenantWebhooks,
      useFactory: (redis: RedisClient, keys: CellKeys, { sealing }: Settings) =>
        new TenantWebhooks(redis, keys, new Sealer(sealing.keys)),
      inject: [REDIS, CellKeys, SETTINGS],
    },
    WebhookRedelivery,
  ],
  exports: [TenantWebhooks],
})
export class WebhooksModule {}
