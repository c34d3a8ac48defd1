import { Module } from '@nestjs/common';
import { REDIS } from '#libs/cell';
import { CellKeys, type RedisClient } from '#libs/redis';
import { RedisGateOperations } from '#libs/vendor-gate';
import { OrchestrationsModule } from '../orchestrations/orchestrations.module';
import { DoubtsController } from './doubts.controller';
import { DoubtsService } from './doubts.service';

@Module({
  imports: [OrchestrationsModule],
  controllers: [DoubtsController],
  providers: [
    DoubtsService,
    {
      provide: RedisGateOperations,
      useFactory: (redis: RedisClient, keys: CellKeys) => new RedisGateOperations(redis, keys),
      inject: [REDIS, CellKeys],
    },
  ],
})
export class DoubtsModule {}
