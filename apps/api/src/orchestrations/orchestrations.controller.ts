import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { failpoint } from '#libs/config';
import { appError, type Caller } from '#libs/contracts';
import { acceptedSnapshot, type RunRef } from '#libs/run-state';
import { StartsRuns } from '../access/counts-as.decorator';
import { CurrentCaller } from '../access/current-caller.decorator';
import { RequireScope } from '../access/require-scope.decorator';
import { ApiProblems } from '../openapi/api-problems.decorator';
import { CreateOrchestrationDto } from './create-orchestration.dto';
import { namesTag } from './entity-tag';
import { ListOrchestrationsQuery } from './list-orchestrations.query';
import { OrchestrationListView, orchestrationView, OrchestrationView } from './orchestration.view';
import { OrchestrationsService } from './orchestrations.service';
import { preferredWait, WAIT_MAX_S } from './prefer-wait';
import { RunFinder } from './run-finder';
import { RunIntake } from './run-intake';
import { RunWaiter } from './run-waiter';

const IDEMPOTENCY_KEY = /^[\x20-\x7e]{1,255}$/;

const ApiPreferWait = (): MethodDecorator =>
  ApiHeader({
    name: 'Prefer',
    required: false,
    description:
      `\`wait=N\` (RFC 7240): answer when the run is at rest (ended, asking for input, paused) or after N seconds, ` +
      `${WAIT_MAX_S} at most. The answer has \`Preference-Applied\` and shows the run as it is then.`,
    schema: { type: 'string' },
  });

/** Runs of the caller's tenant. A foreign id is answered like one that never was. */
@ApiTags('orchestrations')
@Controller('api/orchestrations')
export class OrchestrationsController {
  constructor(
    private readonly intake: RunIntake,
    private readonly orchestrations: OrchestrationsService,
    private readonly finder: RunFinder,
    private readonly waiter: RunWaiter,
  ) {}

  @Post()
  @RequireScope('orchestrations:write')
  @StartsRuns()
  @HttpCode(202)
  @ApiOperation({ operationId: 'createOrchestration', summary: 'Start a run' })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    schema: { type: 'string', pattern: IDEMPOTENCY_KEY.source },
    description:
      'The same key with the same body gives the same run and the answer it was first given, for 24 hours; with another ' +
      'body 422. While the first request is being worked on: 409 with `Retry-After`. What is refused leaves the key free.',
  })
  @ApiPreferWait()
  @ApiAcceptedResponse({
    type: OrchestrationView,
    description: 'The run is accepted.',
    headers: {
      'Idempotent-Replayed': {
        description: 'There if the run was accepted before, under the same key.',
        schema: { type: 'string', enum: ['true'] },
      },
    },
  })
  @ApiProblems(
    'invalid_request',
    'invalid_icp',
    'dataset_not_found',
    'idempotency_conflict',
    'idempotency_in_flight',
  )
  async create(
    @CurrentCaller() { tenantId }: Caller,
    @Body() body: CreateOrchestrationDto,
    @Headers('idempotency-key') key: string | undefined,
    @Headers('prefer') prefer: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OrchestrationView> {
    if (key !== undefined && !IDEMPOTENCY_KEY.test(key)) {
      throw appError('invalid_request', 'Idempotency-Key must be 1–255 printable ASCII characters');
    }
    const run = await this.intake.accept(tenantId, body, key);
    if (!run.created) response.setHeader('idempotent-replayed', 'true');
    failpoint('api.before_answer');
    if (!(await this.waitAsPreferred(run, prefer, response))) {
      return orchestrationView(tenantId, acceptedSnapshot(run, 'api'));
    }
    return (await this.orchestrations.show(run)).view;
  }

  @Get()
  @RequireScope('orchestrations:read')
  @ApiOperation({
    operationId: 'listOrchestrations',
    summary: 'The tenant’s runs, newest first',
    description:
      'A page may have fewer runs than `limit`, even none, where a filter drops most of them: go on with `next_cursor` ' +
      'until it is null. Runs that are created meanwhile shift nothing.',
  })
  @ApiOkResponse({ type: OrchestrationListView })
  list(
    @CurrentCaller() { tenantId }: Caller,
    @Query() query: ListOrchestrationsQuery,
  ): Promise<OrchestrationListView> {
    return this.orchestrations.page(tenantId, query);
  }

  @Get(':id')
  @RequireScope('orchestrations:read')
  @ApiOperation({ operationId: 'getOrchestration', summary: 'A run, or the latest of a thread' })
  @ApiParam({ name: 'id', description: 'Run id or thread id.' })
  @ApiPreferWait()
  @ApiHeader({ name: 'If-None-Match', required: false, schema: { type: 'string' } })
  @ApiOkResponse({
    type: OrchestrationView,
    headers: { ETag: { description: 'For `If-None-Match`.', schema: { type: 'string' } } },
  })
  @ApiResponse({ status: 304, description: 'The run is still as the tag of `If-None-Match` says.' })
  @ApiProblems('run_not_found')
  async find(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id') id: string,
    @Headers('if-none-match') known: string | undefined,
    @Headers('prefer') prefer: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OrchestrationView | undefined> {
    const run = await this.finder.named(tenantId, id);
    await this.waitAsPreferred(run, prefer, response);
    if (known !== undefined) {
      const current = await this.orchestrations.tag(run);
      if (namesTag(known, current)) {
        response.status(304).setHeader('etag', current);
        return undefined;
      }
    }
    const { view, tag } = await this.orchestrations.show(run);
    response.setHeader('etag', tag);
    return view;
  }

  /** False where nobody asked to wait. */
  private async waitAsPreferred(
    run: RunRef,
    prefer: string | undefined,
    response: Response,
  ): Promise<boolean> {
    const seconds = preferredWait(prefer);
    if (seconds === undefined) return false;
    response.setHeader('preference-applied', `wait=${seconds}`);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    await this.waiter.untilAtRest(run, seconds, gone.signal);
    return true;
  }
}
