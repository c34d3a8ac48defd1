import { Module } from '@nestjs/common';
import { REDIS } from '#libs/cell';
import { RunFlow } from '#libs/queue';
import { CellKeys, type RedisClient } from '#libs/redis';
import {
  CompanyRepository,
  IdempotencyKeys,
  RunControl,
  RunList,
  RunRepository,
  RunSnapshots,
} from '#libs/run-state';
import { DatasetsModule } from '../datasets/datasets.module';
import { EventsModule } from '../events/events.module';
import { OrchestrationsController } from './orchestrations.controller';
import { OrchestrationsService } from './orchestrations.service';
import { RunActionsController } from './run-actions.controller';
import { RunFinder } from './run-finder';
import { RunIntake } from './run-intake';
import { RunWaiter } from './run-waiter';

@Module({
  imports: [DatasetsModule, EventsModule],
  controllers: [OrchestrationsController, RunActionsController],
  providers: [
    OrchestrationsService,
    RunFinder,
    RunIntake,
    RunWaiter,
    {
      provide: RunControl,
      useFactory: (runs: RunRepository, companies: CompanyRepository, flow: RunFlow) =>
        new RunControl(runs, companies, flow),
      inject: [RunRepository, CompanyRepository, RunFlow],
    },
    {
      provide: IdempotencyKeys,
      useFactory: (redis: RedisClient, keys: CellKeys) => new IdempotencyKeys(redis, keys),
      inject: [REDIS, CellKeys],
    },
    {
      provide: RunList,
      useFactory: (redis: RedisClient, keys: CellKeys) => new RunList(redis, keys),
      inject: [REDIS, CellKeys],
    },
    {
      provide: RunSnapshots,
      useFactory: (redis: RedisClient, keys: CellKeys) => new RunSnapshots(redis, keys),
      inject: [REDIS, CellKeys],
    },
  ],
  exports: [RunFinder, OrchestrationsService],
})
export class OrchestrationsModule {}
