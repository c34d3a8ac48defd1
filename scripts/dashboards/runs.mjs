import { figures, graph, list } from './panels.mjs';

const quantile = (q, metric, by) =>
  `histogram_quantile(${q}, sum by (${by}, le) (rate(${metric}_bucket{{cell}}[{window}])))`;

/** What becomes of runs, stage by stage. */
export const RUNS = {
  uid: 'leadgen-runs',
  title: 'Leadgen: runs',
  rows: {
    Now: [
      figures('Under way', 'none', { '{{state}}': 'max by (state) (leadgen_runs_active{{cell}})' }),
      figures('Paused longest', 's', { 'the oldest': 'max(leadgen_runs_oldest_paused_age_seconds{{cell}})' }),
      figures('Ended in 24 h', 'none', {
        '{{state}}': 'sum by (state) (increase(leadgen_runs_ended_total{{cell}}[24h]))',
      }),
    ],
    Runs: [
      graph('Started an hour', 'none', {
        '{{source}}': 'sum by (source) (rate(leadgen_runs_started_total{{cell}}[{window}])) * 3600',
      }),
      graph(
        'Ended an hour',
        'none',
        {
          '{{state}}': 'sum by (state) (rate(leadgen_runs_ended_total{{cell}}[{window}])) * 3600',
        },
        { stack: true },
      ),
      graph('Pauses an hour', 'none', {
        '{{reason}}': 'sum by (reason) (rate(leadgen_run_pauses_total{{cell}}[{window}])) * 3600',
      }),
      graph('From creation to end, median', 's', {
        '{{source}}': quantile(0.5, 'leadgen_run_duration_seconds', 'source'),
      }),
    ],
    Stages: [
      graph('95th percentile (budgets: plan 10 s, normalize 30 s, enrich 45 s, export 20 s)', 's', {
        '{{stage}}': quantile(0.95, 'leadgen_stage_duration_seconds', 'stage'),
      }),
      graph('Verdicts an hour', 'none', {
        '{{stage}} {{verdict}}':
          'sum by (stage, verdict) (rate(leadgen_stage_budget_verdicts_total{{cell}}[{window}])) * 3600',
      }),
      graph('95th percentile of the wait for a worker', 's', {
        '{{stage}}': quantile(0.95, 'leadgen_job_wait_seconds', 'stage'),
      }),
      graph('95th percentile of an attempt', 's', {
        '{{stage}}': quantile(0.95, 'leadgen_job_duration_seconds', 'stage'),
      }),
    ],
    Queues: [
      graph('Jobs that could be taken', 'none', {
        '{{queue}}': 'max by (queue) (leadgen_queue_runnable_jobs{{cell}})',
      }),
      graph('Longest in a worker', 's', {
        '{{queue}}': 'max by (queue) (leadgen_queue_oldest_active_age_seconds{{cell}})',
      }),
      graph('Closed', 'bool', { '{{queue}}': 'max by (queue) (leadgen_queue_closed{{cell}})' }),
    ],
    'What went wrong': [
      graph('Jobs lost or failed, an hour', 'none', {
        '{{stage}} {{outcome}}':
          'sum by (stage, outcome) (rate(leadgen_jobs_total{outcome=~"failed|stalled", {cell}}[{window}])) * 3600',
      }),
      graph('Repairs and poisoned companies, an hour', 'none', {
        '{{repair}}': 'sum by (repair) (rate(leadgen_reconciler_repairs_total{{cell}}[{window}])) * 3600',
        poisoned: 'sum(rate(leadgen_companies_poisoned_total{{cell}}[{window}])) * 3600',
      }),
      graph('Leads exported, a second', 'none', {
        '{{sink}} {{outcome}}': 'sum by (sink, outcome) (rate(leadgen_export_rows_total{{cell}}[{window}]))',
      }),
      graph('Exports that failed, an hour', 'none', {
        '{{sink}} {{reason}}':
          'sum by (sink, reason) (rate(leadgen_exports_failed_total{{cell}}[{window}])) * 3600',
      }),
    ],
    Schedules: [
      list('Since the last start', 's', {
        '': 'time() - max by (schedule) (leadgen_cron_last_start_timestamp_seconds{{cell}})',
      }),
      list('Since the last success', 's', {
        '': 'time() - max by (schedule) (leadgen_cron_last_success_timestamp_seconds{{cell}})',
      }),
    ],
  },
};
