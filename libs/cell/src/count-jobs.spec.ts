import { createMetrics } from '#libs/observability';
import type { StageJobReport } from '#libs/queue';
import { countJobs } from './count-jobs';

const report: StageJobReport = {
  stage: 'enrich',
  jobId: 'j',
  lane: null,
  tenantId: 'acme',
  runId: 'run_1',
  companyId: 'c_1',
  attempt: 1,
  outcome: 'done',
  durationMs: 1_500,
  waitedMs: 40,
};

describe('jobs that end', () => {
  it('are counted by what became of them: given back is no failure, lost is stalled', async () => {
    const metrics = await createMetrics({ app: 'enrich', version: '1', onError: () => undefined });
    const count = countJobs(metrics, 'enrich');
    count(report);
    for (const outcome of ['later', 'lane_closed', 'retry', 'failed', 'lost'] as const) {
      count({ ...report, outcome, waitedMs: null });
    }
    const text = await metrics.text();
    metrics.stop();
    expect(text).toContain('leadgen_jobs_total{stage="enrich",outcome="completed"} 1');
    expect(text).toContain('leadgen_jobs_total{stage="enrich",outcome="returned"} 2');
    expect(text).toContain('leadgen_jobs_total{stage="enrich",outcome="failed"} 2');
    expect(text).toContain('leadgen_jobs_total{stage="enrich",outcome="stalled"} 1');
    expect(text).toContain('leadgen_job_duration_seconds_sum{stage="enrich"} 9');
    expect(text).toContain('leadgen_job_wait_seconds_count{stage="enrich"} 1');
    expect(text).toContain('leadgen_job_wait_seconds_bucket{le="0.05",stage="enrich"} 1');
    expect(text).not.toMatch(/acme|run_1|c_1/);
  });

  it('of export have no wait: they wait for their companies', async () => {
    const metrics = await createMetrics({ app: 'export', version: '1', onError: () => undefined });
    countJobs(metrics, 'export')({ ...report, stage: 'export', waitedMs: null });
    const text = await metrics.text();
    metrics.stop();
    expect(text).toContain('leadgen_jobs_total{stage="export",outcome="completed"} 1');
    expect(text).not.toContain('leadgen_job_wait');
  });
});
