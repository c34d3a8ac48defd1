import { Module } from '@nestjs/common';
import { OBJECT_STORAGE, REDIS } from '#libs/cell';
import { DatasetRepository } from '#libs/datasets';
import type { ObjectStorage } from '#libs/object-storage';
import { CellKeys, type RedisClient } from '#libs/redis';
import { DatasetsController } from './datasets.controller';
import { DatasetsService } from './datasets.service';

@Module({
  controllers: [DatasetsController],
  providers: [
    DatasetsService,
    {
      provide: DatasetRepository,
      useFactory: (redis: RedisClient, keys: CellKeys, storage: ObjectStorage) =>
        new DatasetRepository(redis, keys, storage),
      inject: [REDIS, CellKeys, OBJECT_STORAGE],
    },
  ],
  exports: [DatasetsService],
})
export class DatasetsModule {}
