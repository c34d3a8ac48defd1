import { Controller, Get, Inject } from '@nestjs/common';
import {
  HealthCheck,
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
} from '@nestjs/terminus';
import {
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import { REDIS } from '#libs/cell';
import { toError } from '#libs/kernel';
import type { RedisClient } from '#libs/redis';
import { Public } from '../access/require-scope.decorator';

class LiveView {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}

const INDICATORS = { type: 'object', additionalProperties: { type: 'object' } } as const;
const READY_SCHEMA = {
  type: 'object',
  required: ['status', 'info', 'error', 'details'],
  properties: {
    status: { type: 'string', enum: ['ok'] },
    info: INDICATORS,
    error: INDICATORS,
    details: INDICATORS,
  },
};
const NOT_READY_SCHEMA = {
  ...READY_SCHEMA,
  properties: { ...READY_SCHEMA.properties, status: { type: 'integer', enum: [503] } },
};

/** `live`: the process answers · `ready`: it can also take runs, since Redis answers. */
@Public()
@ApiTags('health')
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
  @ApiOperation({ operationId: 'isLive', summary: 'Whether the process answers' })
  @ApiOkResponse({ type: LiveView })
  live(): LiveView {
    return { status: 'ok' };
  }

  @Get('ready')
  @HealthCheck({ noCache: true, swaggerDocumentation: false })
  @ApiOperation({
    operationId: 'isReady',
    summary: 'Whether it can take runs: Redis answers, and it is not stopping',
  })
  @ApiOkResponse({ schema: READY_SCHEMA })
  @ApiServiceUnavailableResponse({
    description: 'What is down is in `error`.',
    content: { 'application/problem+json': { schema: NOT_READY_SCHEMA } },
  })
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
