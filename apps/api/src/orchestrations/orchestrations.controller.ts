import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { appError, type Caller } from '#libs/contracts';
import { CurrentCaller } from '../access/current-caller.decorator';
import { RequireScope } from '../access/require-scope.decorator';
import { CreateOrchestrationDto } from './create-orchestration.dto';
import type { OrchestrationView } from './orchestration.view';
import { OrchestrationsService } from './orchestrations.service';

const LIST_LIMIT = 50;
const IDEMPOTENCY_KEY_LENGTH_MAX = 255;

/** Runs of the caller's tenant. A foreign id is answered like one that never was. */
@Controller('api/orchestrations')
export class OrchestrationsController {
  constructor(private readonly orchestrations: OrchestrationsService) {}

  @Post()
  @RequireScope('orchestrations:write')
  @HttpCode(202)
  create(
    @CurrentCaller() { tenantId }: Caller,
    @Body() body: CreateOrchestrationDto,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<OrchestrationView> {
    if (key !== undefined && (key === '' || key.length > IDEMPOTENCY_KEY_LENGTH_MAX)) {
      throw appError('invalid_request', 'Idempotency-Key must have 1–255 characters');
    }
    return this.orchestrations.create(tenantId, body, key);
  }

  @Get()
  @RequireScope('orchestrations:read')
  async list(@CurrentCaller() { tenantId }: Caller): Promise<{ data: OrchestrationView[] }> {
    return { data: await this.orchestrations.list(tenantId, LIST_LIMIT) };
  }

  @Get(':id')
  @RequireScope('orchestrations:read')
  find(@CurrentCaller() { tenantId }: Caller, @Param('id') id: string): Promise<OrchestrationView> {
    return this.orchestrations.find(tenantId, id);
  }
}
