import type { StageName } from '#libs/contracts';
import { METRICS, type Count, type MetricLabels, type Metrics } from '#libs/observability';
import type { StageJobReport } from '#libs/queue';

type Outcome = MetricLabels<'leadgen_jobs_total'>['outcome'];

/** As the catalogue counts them. A job that goes back without an attempt being counted is no failure. */
const OUTCOMES: Readonly<Record<StageJobReport['outcome'], Outcome>> = {
  done: 'completed',
  later: 'returned',
  children: 'returned',
  lane_closed: 'returned',
  retry: 'failed',
  failed: 'failed',
  lost: 'stalled',
};

/** Counts the jobs of a process's stage and measures them. Series are made once: jobs end by the thousand. */
export function countJobs(metrics: Metrics, stage: StageName): (report: StageJobReport) => void {
  const counts = Object.fromEntries(
    METRICS.leadgen_jobs_total.labels.outcome.map((outcome) => [
      outcome,
      metrics.count('leadgen_jobs_total', { stage, outcome }),
    ]),
  ) as Record<Outcome, Count>;
  const duration = metrics.distribution('leadgen_job_duration_seconds', { stage });
  const wait = stage === 'export' ? undefined : metrics.distribution('leadgen_job_wait_seconds', { stage });
  return ({ outcome, durationMs, waitedMs }) => {
    counts[OUTCOMES[outcome]].add();
    duration.observe(durationMs / 1_000);
    if (waitedMs !== null) wait?.observe(waitedMs / 1_000);
  };
}
