import { Controller, Get, Inject } from '@nestjs/common';
import {
  HealthCheck,
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
} from '@nestjs/terminus';
import { REDIS } from '#libs/cell';
import { toError } from '#libs/kernel';
import type { RedisClient } from '#libs/redis';
import { Public } from '../access/require-scope.decorator';

/** `live`: the process answers · `ready`: it can also take runs, since Redis answers. */
@Public()
@Controller('health')
export class HealthController {
  private leaving = false;

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    @Inject(REDIS) private readonly redis: RedisClient,
  ) {}

  /** From now on this process is not ready: whoever balances the load should send requests elsewhere. */
  leave(): void {
    this.leaving = true;
  }

  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @HealthCheck()
  ready(): Promise<HealthCheckResult> {
    return this.health.check([
      () => {
        const process = this.indicator.check('process');
        return this.leaving ? process.down({ message: 'stopping' }) : process.up();
      },
      async () => {
        const redis = this.indicator.check('redis');
        try {
          await this.redis.ping();
          return redis.up();
        } catch (error) {
          return redis.down({ message: toError(error).message });
        }
      },
    ]);
  }
}
