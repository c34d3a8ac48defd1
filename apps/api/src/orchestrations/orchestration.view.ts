import { ApiProperty } from '@nestjs/swagger';
import {
  PHASES,
  RUN_SOURCES,
  RUN_STATES,
  type Phase,
  type RunOutput,
  type RunSource,
  type RunState,
} from '#libs/contracts';
import type { RunSnapshot, RunSummary } from '#libs/run-state';

/** So many of the latest entries of a run's history are shown; all are in its events. */
export const STATUS_HISTORY_MAX = 100;

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

const LINK = { type: String, format: 'uri-reference' } as const;

/** Where the run's parts are, and where it is told what to do (POST). */
class RunLinksView {
  @ApiProperty(LINK)
  self!: string;

  @ApiProperty(LINK)
  events!: string;

  @ApiProperty(LINK)
  leads!: string;

  @ApiProperty(LINK)
  pause!: string;

  @ApiProperty(LINK)
  resume!: string;

  @ApiProperty(LINK)
  cancel!: string;

  @ApiProperty(LINK)
  retry!: string;
}

/** A run as lists show it: an explicit list of members, so that nothing new leaks by itself. */
export class OrchestrationSummaryView {
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

  @ApiProperty()
  counters!: RunCountersView;

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

/** A run as the API shows it. */
export class OrchestrationView extends OrchestrationSummaryView {
  @ApiProperty({
    type: [RunStatusView],
    maxItems: STATUS_HISTORY_MAX,
    description: `What the status was, oldest first: the last ${STATUS_HISTORY_MAX} entries. All are in the run's events.`,
  })
  status_history!: RunStatusView[];

  @ApiProperty({
    anyOf: [{ $ref: '#/components/schemas/RunOutput' }, { type: 'null' }],
    description: 'What the run left, once it has ended.',
  })
  output!: RunOutput | null;
}

export class OrchestrationListView {
  @ApiProperty({ type: [OrchestrationSummaryView] })
  data!: OrchestrationSummaryView[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Hand it back as `cursor`; null on the last page.',
  })
  next_cursor!: string | null;
}

export function orchestrationSummaryView(tenantId: string, run: RunSummary): OrchestrationSummaryView {
  return {
    thread_id: run.thread_id,
    run_id: run.run_id,
    tenant_id: tenantId,
    source: run.source,
    state: run.state,
    pause_reason: run.pause_reason,
    status: run.status,
    counters: run.counters,
    problem: run.problem,
    created_at: run.created_at,
    started_at: run.started_at,
    finished_at: run.finished_at,
    links: linksOf(run.run_id),
  };
}

/** `events`: the latest of the run, at most `STATUS_HISTORY_MAX`, oldest first. */
export function orchestrationView(
  tenantId: string,
  { run, output, events }: Omit<RunSnapshot, 'version'>,
): OrchestrationView {
  return Object.assign(orchestrationSummaryView(tenantId, run), {
    status_history: events.map(({ phase, message, at }) => ({
      phase: phase as Phase,
      message,
      updated_at: at,
    })),
    output,
  });
}

function linksOf(runId: string): RunLinksView {
  const self = `/api/orchestrations/${runId}`;
  const part = (name: string): string => `${self}/${name}`;
  return {
    self,
    events: part('events'),
    leads: part('leads'),
    pause: part('pause'),
    resume: part('resume'),
    cancel: part('cancel'),
    retry: part('retry'),
  };
}
