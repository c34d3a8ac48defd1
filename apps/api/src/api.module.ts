import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { ApiKeys } from '#libs/access';
import { CellModule, REDIS } from '#libs/cell';
import type { Settings } from '#libs/config';
import type { Logger } from '#libs/observability';
import { CellKeys, type RedisClient } from '#libs/redis';
import { AccessGuard } from './access/access.guard';
import { DatasetsModule } from './datasets/datasets.module';
import { EventsModule } from './events/events.module';
import { HealthController } from './health/health.controller';
import { LeadsModule } from './leads/leads.module';
import { OrchestrationsModule } from './orchestrations/orchestrations.module';
import { TenantsModule } from './tenants/tenants.module';

@Module({
  imports: [TerminusModule, OrchestrationsModule, DatasetsModule, EventsModule, LeadsModule, TenantsModule],
  controllers: [HealthController],
  providers: [
    {
      provide: ApiKeys,
      useFactory: (redis: RedisClient, keys: CellKeys) => new ApiKeys(redis, keys),
      inject: [REDIS, CellKeys],
    },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
})
export class ApiModule {
  static forProcess(settings: Settings, logger: Logger): DynamicModule {
    return {
      module: ApiModule,
      imports: [CellModule.forProcess({ settings, logger, role: 'producer' })],
    };
  }
}
