import { createMetrics, type MetricApp } from '#libs/observability';
import { countStages, countTransitions } from './count-runs';

const moved = {
  source: 'cron',
  durationMs: 61_000,
} as const;

/** What a process counts of a started, paused, ended run, and of its stages: the samples that are not 0. */
async function counted(app: MetricApp): Promise<string[]> {
  const metrics = await createMetrics({ app, version: '1', onError: () => undefined });
  const hear = countTransitions(metrics);
  hear({ ...moved, to: 'running', event: 'run_start' });
  hear({ ...moved, to: 'paused', event: 'run_paused', pauseReason: 'vendor_cap' });
  hear({ ...moved, to: 'running', event: 'run_resumed' });
  hear({ ...moved, to: 'partial', event: 'run_complete' });
  const judge = countStages(metrics);
  judge({ stage: 'normalize', duration_ms: 31_000, budget_ms: 30_000, within: false });
  judge({ stage: 'enrich', duration_ms: 1_000, budget_ms: 45_000, within: true });
  judge({ stage: 'shortlist', duration_ms: 1_000, budget_ms: null, within: true });
  const text = await metrics.text();
  metrics.stop();
  const ours = /^leadgen_(runs?|stage)_/;
  return text
    .split('\n')
    .filter((line) => ours.test(line) && !/_bucket|_sum| 0$/.test(line))
    .sort();
}

describe('what becomes of runs', () => {
  it('is counted once by each kind of thing, in the process that the catalogue gives it to', async () => {
    expect(await counted('normalize')).toEqual([
      'leadgen_run_duration_seconds_count{source="cron",state="partial"} 1',
      'leadgen_run_pauses_total{reason="vendor_cap"} 1',
      'leadgen_runs_ended_total{source="cron",state="partial"} 1',
      'leadgen_runs_started_total{source="cron"} 1',
      'leadgen_stage_budget_verdicts_total{stage="enrich",verdict="within"} 1',
      'leadgen_stage_budget_verdicts_total{stage="normalize",verdict="exceeded"} 1',
      'leadgen_stage_duration_seconds_count{stage="normalize"} 1',
    ]);
  });

  it('is not counted where nobody would look for it', async () => {
    expect(await counted('enrich')).toEqual([]);
    expect(await counted('api')).toEqual([
      'leadgen_run_duration_seconds_count{source="cron",state="partial"} 1',
      'leadgen_run_pauses_total{reason="vendor_cap"} 1',
      'leadgen_runs_ended_total{source="cron",state="partial"} 1',
    ]);
  });
});
