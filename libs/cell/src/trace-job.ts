import {
  failSpan,
  isTracing,
  noteOnSpan,
  openSpan,
  spanErrorCode,
  type SpanDraft,
} from '#libs/observability';
import type { StageJobReport, StageJobStart, StageObserver } from '#libs/queue';
import type { RunTrace, RunTraces } from '#libs/run-state';

/** Has each job worked on as a span of its run's trace; without tracing nobody asks whose trace it is. */
export function traceJobs(traces: Promise<RunTraces>): Pick<StageObserver, 'around'> {
  if (!isTracing()) return {};
  return {
    around: async (job, work) => {
      const run = await runOf(job, await traces);
      const span = openSpan(() => jobSpan(job, run));
      if (!span) return work();
      try {
        return await span.within(work);
      } finally {
        span.end();
      }
    },
  };
}

/** How a job ended, said on its span. */
export function noteJobEnd({ outcome, error }: StageJobReport): void {
  noteOnSpan({ outcome });
  if (error && outcome !== 'later') failSpan(spanErrorCode(error));
}

async function runOf({ tenantId, runId }: StageJobStart, traces: RunTraces): Promise<RunTrace | undefined> {
  return tenantId === undefined || runId === undefined ? undefined : traces.of({ tenantId, runId });
}

function jobSpan(job: StageJobStart, run: RunTrace | undefined): SpanDraft {
  const { stage, lane, jobId, runId, companyId, attempt, waitedMs } = job;
  return {
    name: companyId === undefined ? `${stage} run` : `${stage} company`,
    kind: 'consumer',
    // Part of its run, whoever added the job, and of nothing that is under way in this process.
    parent: run?.traceparent ?? null,
    fields: {
      run_id: runId,
      thread_id: run?.thread_id,
      source: run?.source,
      stage,
      company_id: companyId,
      job_id: jobId,
      lane: lane ?? undefined,
      attempt,
      queue_wait_ms: Math.round(waitedMs),
    },
  };
}
