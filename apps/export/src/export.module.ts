import { Module } from '@nestjs/common';
import { REDIS } from '#libs/cell';
import { CellKeys, type RedisClient } from '#libs/redis';
import { SuppressionLists } from '#libs/tenancy';
import { SuppressionNames } from '#libs/vendor-gate';
import { LeadSinks } from './lead-sinks';
import { SinkMeter } from './metrics/sink-meter';
import { WebhookDuty } from './webhooks/webhook.duty';

const providers = [
  LeadSinks,
  SinkMeter,
  WebhookDuty,
  {
    provide: SuppressionLists,
    useFactory: (redis: RedisClient, keys: CellKeys, names: SuppressionNames) =>
      new SuppressionLists(redis, keys, names),
    inject: [REDIS, CellKeys, SuppressionNames],
  },
];

@Module({ providers, exports: providers })
export class ExportModule {}
