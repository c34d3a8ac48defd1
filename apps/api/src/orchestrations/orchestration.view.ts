import type { RunEvent, RunRecord, RunStatus } from '#libs/contracts';

/** A run as the API shows it: an explicit list of members, so that nothing new leaks by itself. */
export interface OrchestrationView {
  thread_id: string;
  run_id: string;
  tenant_id: string;
  source: string;
  state: string;
  pause_reason: string | null;
  status: RunStatus;
  status_history: readonly RunStatus[];
  counters: RunRecord['counters'];
  output: RunRecord['output'];
  problem: RunRecord['problem'];
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  links: { self: string };
}

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
      phase: phase as RunStatus['phase'],
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
