import { ApiProperty } from '@nestjs/swagger';
import {
  PHASES,
  RUN_SOURCES,
  RUN_STATES,
  type Phase,
  type RunEvent,
  type RunOutput,
  type RunRecord,
  type RunSource,
  type RunState,
} from '#libs/contracts';

/** So many of the latest entries of a run's history are shown; all are in its events. */
const STATUS_HISTORY_MAX = 100;

const ID = { type: String, minLength: 1, maxLength: 128 } as const;
const TIME = { type: String, format: 'date-time' } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;

class RunStatusView {
  @ApiProperty({ enum: PHASES })
  phase!: Phase;

  @ApiProperty()
  message!: string;

  @ApiProperty(TIME)
  updated_at!: string;
}

class RunCountersView {
  @ApiProperty({ ...COUNT, description: 'Companies this run enriches.' })
  candidates!: number;

  @ApiProperty(COUNT)
  done!: number;

  @ApiProperty(COUNT)
  failed!: number;
}

class RunProblemView {
  @ApiProperty({ description: 'A code of docs/errors.md.' })
  code!: string;

  @ApiProperty({ description: 'What failed the run, or what `needs_input` asks for.' })
  message!: string;
}

class RunLinksView {
  @ApiProperty({ format: 'uri-reference' })
  self!: string;
}

/** A run as the API shows it: an explicit list of members, so that nothing new leaks by itself. */
export class OrchestrationView {
  @ApiProperty(ID)
  thread_id!: string;

  @ApiProperty(ID)
  run_id!: string;

  @ApiProperty(ID)
  tenant_id!: string;

  @ApiProperty({ enum: RUN_SOURCES })
  source!: RunSource;

  @ApiProperty({ enum: RUN_STATES })
  state!: RunState;

  @ApiProperty({ type: String, enum: ['person', 'vendor_cap'], nullable: true })
  pause_reason!: 'person' | 'vendor_cap' | null;

  @ApiProperty()
  status!: RunStatusView;

  @ApiProperty({
    type: [RunStatusView],
    maxItems: STATUS_HISTORY_MAX,
    description: `What the status was, oldest first: the last ${STATUS_HISTORY_MAX} entries. All are in the run's events.`,
  })
  status_history!: RunStatusView[];

  @ApiProperty()
  counters!: RunCountersView;

  @ApiProperty({
    anyOf: [{ $ref: '#/components/schemas/RunOutput' }, { type: 'null' }],
    description: 'What the run left, once it has ended.',
  })
  output!: RunOutput | null;

  @ApiProperty({ type: RunProblemView, nullable: true })
  problem!: RunProblemView | null;

  @ApiProperty(TIME)
  created_at!: string;

  @ApiProperty({ ...TIME, nullable: true })
  started_at!: string | null;

  @ApiProperty({ ...TIME, nullable: true })
  finished_at!: string | null;

  @ApiProperty()
  links!: RunLinksView;
}

export class OrchestrationListView {
  @ApiProperty({ type: [OrchestrationView] })
  data!: OrchestrationView[];
}

/** `events`: the latest of the run, at most `STATUS_HISTORY_MAX`, oldest first. */
export function orchestrationView(run: RunRecord, events: readonly RunEvent[]): OrchestrationView {
  return {
    thread_id: run.thread_id,
    run_id: run.run_id,
    tenant_id: run.request.tenant_id,
    source: run.source,
    state: run.state,
    pause_reason: run.pause_reason,
    status: run.status,
    status_history: events.map(({ phase, message, at }) => ({
      phase: phase as Phase,
      message,
      updated_at: at,
    })),
    counters: run.counters,
    output: run.output,
    problem: run.problem,
    created_at: run.created_at,
    started_at: run.started_at,
    finished_at: run.finished_at,
    links: { self: `/api/orchestrations/${run.run_id}` },
  };
}
