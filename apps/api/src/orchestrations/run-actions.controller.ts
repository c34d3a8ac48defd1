import { applyDecorators, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AuditLog } from '#libs/audit';
import type { Caller } from '#libs/contracts';
import { RunControl, type RunRef } from '#libs/run-state';
import { ServedWhenFull } from '../access/counts-as.decorator';
import { CurrentCaller } from '../access/current-caller.decorator';
import { RequireScope } from '../access/require-scope.decorator';
import { ApiProblems } from '../openapi/api-problems.decorator';
import { OrchestrationView } from './orchestration.view';
import { OrchestrationsService } from './orchestrations.service';
import { RunFinder } from './run-finder';

const WHO = 'a client of the API';

/** An action on a run: 200 and the run as it is then, also when there was nothing left to do. */
function RunAction(name: string, summary: string): MethodDecorator {
  return applyDecorators(
    Post(`:id/${name}`),
    HttpCode(200),
    RequireScope('orchestrations:write'),
    ApiOperation({
      operationId: `${name}Orchestration`,
      summary,
      description: 'Doing it twice changes nothing. A thread id means its single active run.',
    }),
    ApiParam({ name: 'id', description: 'Run id or thread id.' }),
    ApiOkResponse({ type: OrchestrationView }),
    ApiProblems('run_not_found', 'run_ambiguous', 'illegal_transition'),
  );
}

@ApiTags('orchestrations')
@Controller('api/orchestrations')
export class RunActionsController {
  constructor(
    private readonly control: RunControl,
    private readonly orchestrations: OrchestrationsService,
    private readonly finder: RunFinder,
    private readonly audit: AuditLog,
  ) {}

  @RunAction('pause', 'No vendor is called for the run until it is resumed')
  @ServedWhenFull()
  pause(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<OrchestrationView> {
    return this.act(caller, id, 'run.paused', (run) => this.control.pause(run, WHO));
  }

  @RunAction('resume', 'A paused run goes on where it was')
  resume(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<OrchestrationView> {
    return this.act(caller, id, 'run.resumed', (run) => this.control.resume(run, WHO));
  }

  @RunAction('cancel', 'No vendor is called for the run any more, for good')
  @ServedWhenFull()
  cancel(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<OrchestrationView> {
    return this.act(caller, id, 'run.cancelled', (run) => this.control.cancel(run, WHO));
  }

  private async act(
    { tenantId, actor }: Caller,
    id: string,
    action: string,
    change: (run: RunRef) => Promise<boolean>,
  ): Promise<OrchestrationView> {
    const run = await this.finder.forAction(tenantId, id);
    if (await change(run)) await this.audit.record({ tenantId, actor, action, target: run.runId });
    return (await this.orchestrations.show(run)).view;
  }
}
