import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ApiKeys, RequestAdmission } from '#libs/access';
import { LOGGER, REDIS, SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import type { Logger } from '#libs/observability';
import { CellKeys, type RedisClient } from '#libs/redis';
import { AccessGuard } from './access.guard';
import { RedisMemory } from './redis-memory';
import { StandingAccess } from './standing-access';
import { TokenReader } from './token-reader';

/** Who may do what, for every route of the process. */
@Module({
  providers: [
    {
      provide: ApiKeys,
      useFactory: (redis: RedisClient, keys: CellKeys) => new ApiKeys(redis, keys),
      inject: [REDIS, CellKeys],
    },
    {
      provide: RequestAdmission,
      useFactory: (redis: RedisClient, keys: CellKeys, settings: Settings) =>
        new RequestAdmission(redis, keys, settings.api),
      inject: [REDIS, CellKeys, SETTINGS],
    },
    {
      provide: RedisMemory,
      useFactory: (redis: RedisClient, logger: Logger) => new RedisMemory(redis, logger),
      inject: [REDIS, LOGGER],
    },
    {
      provide: TokenReader,
      useFactory: (settings: Settings) => TokenReader.fromSettings(settings),
      inject: [SETTINGS],
    },
    StandingAccess,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [StandingAccess],
})
export class AccessModule {}
