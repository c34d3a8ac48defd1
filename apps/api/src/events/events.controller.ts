import { Controller, Get, Headers, Inject, Param, Query, Req, Res } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { LOGGER } from '#libs/cell';
import { TERMINAL_RUN_STATES, type Caller } from '#libs/contracts';
import { toError } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import { RunEventFeed, type RunRef } from '#libs/run-state';
import { CurrentCaller, type CallerRequest } from '../access/current-caller.decorator';
import { RequireScope } from '../access/require-scope.decorator';
import { StandingAccess } from '../access/standing-access';
import { ApiProblems } from '../openapi/api-problems.decorator';
import { RunFinder } from '../orchestrations/run-finder';
import { STREAM_HEADERS } from './event-stream';
import { EventStreams } from './event-streams';
import { EventsQueryDto } from './events-query.dto';
import { lastEventId } from './last-event-id';
import { RunEventView, runEventView } from './run-event.view';

/** OpenAPI 3.1 cannot describe the events within a stream. */
const STREAM_SCHEMA = { type: 'string', 'x-event-data': { $ref: getSchemaPath(RunEventView) } } as const;

@ApiTags('orchestrations')
@ApiExtraModels(RunEventView)
@Controller('api/orchestrations')
export class EventsController {
  constructor(
    private readonly finder: RunFinder,
    private readonly feed: RunEventFeed,
    private readonly streams: EventStreams,
    private readonly access: StandingAccess,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Answers 204 to who has every event of a run that has ended: a browser's EventSource then stops reconnecting. */
  @Get(':id/events')
  @RequireScope('orchestrations:read')
  @ApiOperation({
    operationId: 'streamEvents',
    summary: 'A run’s events from any point on, as they happen (SSE)',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, schema: { type: 'string', pattern: '^[0-9]{1,15}$' } })
  @ApiOkResponse({
    description:
      'Each event’s `data` is one RunEventView as JSON. Ends by itself after the event that ended the run.',
    content: { 'text/event-stream': { schema: STREAM_SCHEMA } },
  })
  @ApiParam({ name: 'id', description: 'Run id or thread id.' })
  @ApiNoContentResponse({ description: 'The run has ended and `Last-Event-ID` is its last event.' })
  @ApiProblems('run_not_found', 'too_many_streams')
  async events(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Headers('last-event-id') header: string | undefined,
    @Query() { last_event_id: query }: EventsQueryDto,
    @Req() request: CallerRequest,
    @Res() response: Response,
  ): Promise<void> {
    const run = await this.finder.forReading(caller.tenantId, id);
    const { state, lastEventId: newest } = await this.feed.standing(run);
    const after = lastEventId(header ?? query, newest);
    if (after === newest && TERMINAL_RUN_STATES.includes(state)) {
      response.status(204).end();
    } else if (request.method === 'HEAD') {
      response.writeHead(200, STREAM_HEADERS).end();
    } else {
      await this.stream({ run, after, request, response, caller });
    }
  }

  private async stream({ run, after, request, response, caller }: StreamRequest): Promise<void> {
    await this.streams
      .serve(response, {
        follow: (signal) => this.feed.follow(run, after, signal),
        view: (event) => runEventView(run.runId, event),
        isStillAllowed: () => this.access.stands(request, caller, 'orchestrations:read'),
      })
      .catch((error: unknown) => {
        // Before the first byte it can still be a problem; after it, the client sees a broken stream and resumes by id.
        if (!response.headersSent) throw error;
        this.logger.error(
          { event: 'stream_failed', run_id: run.runId, tenant_id: run.tenantId, err: toError(error).message },
          'a stream of events broke off',
        );
      });
  }
}

interface StreamRequest {
  run: RunRef;
  /** The last event the client has. */
  after: number;
  request: CallerRequest;
  response: Response;
  caller: Caller;
}
