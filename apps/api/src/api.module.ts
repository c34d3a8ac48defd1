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
import { OrchestrationsController } from './orchestrations/orchestrations.controller';
import { RunFinder } from './orchestrations/run-finder';
import { OrchestrationsService } from './orchestrations/orchestrations.service';
import { TenantsModule } from './tenants/tenants.module';

@Module({
  imports: [TerminusModule, DatasetsModule, EventsModule, TenantsModule],
  controllers: [OrchestrationsController, HealthController],
  providers: [
    OrchestrationsService,
    RunFinder,
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
