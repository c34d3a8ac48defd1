import { Module } from '@nestjs/common';
import { REDIS } from '#libs/cell';
import { CellKeys, type RedisClient } from '#libs/redis';
import { WebhookLog } from '#libs/run-state';
import { RunFinder } from '../orchestrations/run-finder';
import { WebhooksController } from './webhooks.controller';

/** Runs tell a URL of the tenant's that they have ended; what is here shows what became of that. */
@Module({
  controllers: [WebhooksController],
  providers: [
    RunFinder,
    {
      provide: WebhookLog,
      useFactory: (redis: RedisClient, keys: CellKeys) => new WebhookLog(redis, keys),
      inject: [REDIS, CellKeys],
    },
  ],
})
export class WebhooksModule {}
