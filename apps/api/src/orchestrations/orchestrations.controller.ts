import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { appError, type Caller } from '#libs/contracts';
import { CurrentCaller } from '../access/current-caller.decorator';
import { RequireScope } from '../access/require-scope.decorator';
import { ApiProblems } from '../openapi/api-problems.decorator';
import { CreateOrchestrationDto } from './create-orchestration.dto';
import { OrchestrationListView, OrchestrationView } from './orchestration.view';
import { OrchestrationsService } from './orchestrations.service';

const LIST_LIMIT = 50;
const IDEMPOTENCY_KEY_LENGTH_MAX = 255;

/** Runs of the caller's tenant. A foreign id is answered like one that never was. */
@ApiTags('orchestrations')
@Controller('api/orchestrations')
export class OrchestrationsController {
  constructor(private readonly orchestrations: OrchestrationsService) {}

  @Post()
  @RequireScope('orchestrations:write')
  @HttpCode(202)
  @ApiOperation({ operationId: 'createOrchestration', summary: 'Start a run' })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    schema: { type: 'string', minLength: 1, maxLength: IDEMPOTENCY_KEY_LENGTH_MAX },
    description: 'The same key with the same body gives the same run, for 24 hours.',
  })
  @ApiAcceptedResponse({ type: OrchestrationView, description: 'The run is accepted.' })
  @ApiProblems('invalid_request', 'invalid_icp', 'dataset_not_found', 'idempotency_conflict')
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
  @ApiOperation({ operationId: 'listOrchestrations', summary: 'The tenant’s runs, newest first' })
  @ApiOkResponse({ type: OrchestrationListView })
  async list(@CurrentCaller() { tenantId }: Caller): Promise<OrchestrationListView> {
    return { data: await this.orchestrations.list(tenantId, LIST_LIMIT) };
  }

  @Get(':id')
  @RequireScope('orchestrations:read')
  @ApiOperation({ operationId: 'getOrchestration', summary: 'A run, or the latest of a thread' })
  @ApiParam({ name: 'id', description: 'Run id or thread id.' })
  @ApiOkResponse({ type: OrchestrationView })
  @ApiProblems('run_not_found')
  find(@CurrentCaller() { tenantId }: Caller, @Param('id') id: string): Promise<OrchestrationView> {
    return this.orchestrations.find(tenantId, id);
  }
}
