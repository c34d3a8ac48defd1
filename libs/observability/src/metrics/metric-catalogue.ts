import {
  BUDGETED_STAGES,
  BUDGETS,
  CREDENTIALS,
  ENDED_STATES,
  EVERY_PROCESS,
  HTTP_METHODS,
  LEADER,
  OPERATION,
  QUEUE,
  SINK,
  SOURCES,
  STAGE_NAMES,
  STAGE_WORKERS,
  STATUS_CLASSES,
  VENDOR,
  VENDOR_OUTCOMES,
  WORKERS,
} from './label-values';
import type { LabelsOf, MetricDefinition } from './metric';

/** Of work that takes from milliseconds to the deadline of a stage. */
const JOB_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 45, 60, 120, 300, 900, 1_800];
/** The budgets of the stages are edges: plan 10 s, export 20 s, normalize 30 s, enrich 45 s. */
const STAGE_SECONDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 300, 900, 1_800];
const RUN_SECONDS = [1, 5, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400];
/** The objective is that a job begins within 5 s. */
const WAIT_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600];
const VENDOR_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 15, 20, 30, 60];
/** The objective is an answer within 250 ms. */
const HTTP_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * Every metric of the product, declared once: the registry makes them, docs/metrics.md, alerts and dashboards are checked
 * against them. All begin with `leadgen_`, in base units. No label tells a tenant, run, company or person.
 */
export const METRICS = {
  leadgen_build_info: {
    type: 'gauge',
    help: '1, with the version that the process runs.',
    unit: 'info',
    labels: { version: { boundedBy: 'the releases that run at a time' } },
    exposedBy: EVERY_PROCESS,
  },
  leadgen_event_loop_lag_seconds: {
    type: 'gauge',
    help: 'By how much the event loop came late, the 99th percentile of the last interval of 10 s.',
    unit: 'seconds',
    labels: {},
    exposedBy: EVERY_PROCESS,
  },
  leadgen_redis_up: {
    type: 'gauge',
    help: 'Whether Redis answered this process within a second when it was scraped.',
    unit: 'boolean',
    labels: {},
    exposedBy: EVERY_PROCESS,
  },

  leadgen_jobs_total: {
    type: 'counter',
    help: 'Attempts at jobs by how they ended: returned is given back to be gone on with later and no failure, stalled was lost to another worker, failed includes those that are tried again.',
    unit: 'count',
    labels: { stage: STAGE_NAMES, outcome: ['completed', 'failed', 'returned', 'stalled'] },
    exposedBy: STAGE_WORKERS,
  },
  leadgen_job_wait_seconds: {
    type: 'histogram',
    help: 'From when a job was put into its stage’s queue to its first start. Not of lanes, where waiting for a cap is the purpose; not of export, which waits for its companies.',
    unit: 'seconds',
    labels: { stage: ['normalize', 'enrich'] },
    exposedBy: ['normalize', 'enrich'],
    buckets: WAIT_SECONDS,
  },
  leadgen_job_duration_seconds: {
    type: 'histogram',
    help: 'How long an attempt at a job took, sleeping for caps included.',
    unit: 'seconds',
    labels: { stage: STAGE_NAMES },
    exposedBy: STAGE_WORKERS,
    buckets: JOB_SECONDS,
  },

  leadgen_runs_started_total: {
    type: 'counter',
    help: 'Runs that a worker began to plan.',
    unit: 'count',
    labels: { source: SOURCES },
    exposedBy: ['normalize'],
  },
  leadgen_runs_ended_total: {
    type: 'counter',
    help: 'Runs that ended, by the process that ended them; what the command line cancels, by a normalize worker within seconds.',
    unit: 'count',
    labels: { source: SOURCES, state: ENDED_STATES },
    exposedBy: ['api', 'normalize', 'export'],
  },
  leadgen_run_duration_seconds: {
    type: 'histogram',
    help: 'From when a run was created to its end, pauses included.',
    unit: 'seconds',
    labels: { source: SOURCES, state: ENDED_STATES },
    exposedBy: ['api', 'normalize', 'export'],
    buckets: RUN_SECONDS,
  },
  leadgen_run_pauses_total: {
    type: 'counter',
    help: 'Pauses of runs: by a person (those of the command line are counted by a normalize worker within seconds), or since all that is left waits on closed caps.',
    unit: 'count',
    labels: { reason: ['person', 'vendor_cap'] },
    exposedBy: ['api', 'normalize'],
  },
  leadgen_stage_duration_seconds: {
    type: 'histogram',
    help: 'How long a stage of a run took; enrich: one company, waiting for caps not counted.',
    unit: 'seconds',
    labels: { stage: BUDGETED_STAGES },
    exposedBy: STAGE_WORKERS,
    buckets: STAGE_SECONDS,
  },
  leadgen_stage_budget_verdicts_total: {
    type: 'counter',
    help: 'Stages of runs by whether they kept their budget; of enrich once per run, by its slowest company.',
    unit: 'count',
    labels: { stage: BUDGETED_STAGES, verdict: ['within', 'exceeded'] },
    exposedBy: ['normalize', 'export'],
  },
  leadgen_companies_poisoned_total: {
    type: 'counter',
    help: 'Companies that were given up since worker processes died while they walked them.',
    unit: 'count',
    labels: {},
    exposedBy: ['enrich'],
  },
  leadgen_reconciler_repairs_total: {
    type: 'counter',
    help: 'What was found broken and repaired: runs without work (redriven), without an end (failed), without a record (forgotten), still set aside (released); calls of dead processes that were free again, are to be asked for again, or are in doubt.',
    unit: 'count',
    labels: {
      repair: ['redriven', 'failed', 'forgotten', 'released', 'call_freed', 'call_pending', 'call_in_doubt'],
    },
    exposedBy: ['normalize'],
  },

  leadgen_vendor_requests_total: {
    type: 'counter',
    help: 'Requests that were made to a vendor, by how they ended; the simulator’s under the name of the vendor it stands for.',
    unit: 'count',
    labels: { vendor: VENDOR, op: OPERATION, outcome: VENDOR_OUTCOMES },
    exposedBy: ['enrich'],
  },
  leadgen_vendor_request_duration_seconds: {
    type: 'histogram',
    help: 'From sending a request to a vendor to its whole answer.',
    unit: 'seconds',
    labels: { vendor: VENDOR, op: OPERATION },
    exposedBy: ['enrich'],
    buckets: VENDOR_SECONDS,
  },
  leadgen_vendor_cost_usd_total: {
    type: 'counter',
    help: 'What vendors’ answers cost, calls in doubt at their most; on tenants’ own accounts, too. What the simulator answers costs nothing.',
    unit: 'usd',
    labels: { vendor: VENDOR },
    exposedBy: ['enrich'],
  },
  leadgen_ledger_hits_total: {
    type: 'counter',
    help: 'Calls that were answered from the ledger, by what was bought then.',
    unit: 'count',
    labels: { vendor: VENDOR, op: OPERATION, kind: ['found', 'not_found'] },
    exposedBy: ['enrich'],
  },
  leadgen_budget_refusals_total: {
    type: 'counter',
    help: 'Calls that were not made since what is left of a budget is less than they can cost.',
    unit: 'count',
    labels: { scope: BUDGETS },
    exposedBy: ['enrich'],
  },
  leadgen_llm_tokens_total: {
    type: 'counter',
    help: 'Tokens that a language model read and wrote, as it counted them.',
    unit: 'count',
    labels: { vendor: VENDOR, direction: ['input', 'output'] },
    exposedBy: ['enrich'],
  },

  leadgen_export_rows_total: {
    type: 'counter',
    help: 'Leads handed to a sink; failed: those of an export of which nothing was left in the sink.',
    unit: 'count',
    labels: { sink: SINK, outcome: ['written', 'failed'] },
    exposedBy: ['export'],
  },
  leadgen_exports_failed_total: {
    type: 'counter',
    help: 'Attempts to write a run’s leads to a sink that failed. Interrupted ones (a cancelled run, a stopping worker) are none.',
    unit: 'count',
    labels: { sink: SINK, reason: ['disk_full', 'storage', 'other'] },
    exposedBy: ['export'],
  },

  leadgen_http_request_duration_seconds: {
    type: 'histogram',
    help: 'From a request’s headers to the end of its answer; without streams of events, requests that ask to wait (Prefer: wait), and probes of health.',
    unit: 'seconds',
    labels: {
      route: { boundedBy: 'the routes of docs/openapi.json; everything else is `other`' },
      method: HTTP_METHODS,
      status_class: STATUS_CLASSES,
    },
    exposedBy: ['api'],
    buckets: HTTP_SECONDS,
  },

  leadgen_leader: {
    type: 'gauge',
    help: '1 in the process that holds the reconciler’s lease and tells of the cell; absent elsewhere.',
    unit: 'boolean',
    labels: {},
    exposedBy: LEADER,
  },
  leadgen_queue_runnable_jobs: {
    type: 'gauge',
    help: 'Jobs that a worker could take now; 0 for a queue that a closed cap or a person keeps shut.',
    unit: 'count',
    labels: { queue: QUEUE },
    exposedBy: LEADER,
  },
  leadgen_queue_oldest_waiting_age_seconds: {
    type: 'gauge',
    help: 'How long the oldest of the jobs that are next in line could have been taken; 0: none waits.',
    unit: 'seconds',
    labels: { queue: QUEUE },
    exposedBy: LEADER,
  },
  leadgen_queue_oldest_active_age_seconds: {
    type: 'gauge',
    help: 'Since when the oldest job in a worker’s hand has been there; 0: none is.',
    unit: 'seconds',
    labels: { queue: QUEUE },
    exposedBy: LEADER,
  },
  leadgen_queue_closed: {
    type: 'gauge',
    help: 'Whether a queue hands out nothing at present: a cap has closed it, or a person has paused it.',
    unit: 'boolean',
    labels: { queue: QUEUE },
    exposedBy: LEADER,
  },

  leadgen_cap_used_units: {
    type: 'gauge',
    help: 'Units of a window that are occupied; of tenants’ own keys the fullest.',
    unit: 'count',
    labels: {
      vendor: VENDOR,
      credential: CREDENTIALS,
      window: { boundedBy: 'the windows of the vendor’s descriptor, and `concurrency`' },
    },
    exposedBy: LEADER,
  },
  leadgen_cap_limit_units: {
    type: 'gauge',
    help: 'Units that a window has for us, by configuration and what the vendor’s answers said; of the same key as the used ones.',
    unit: 'count',
    labels: {
      vendor: VENDOR,
      credential: CREDENTIALS,
      window: { boundedBy: 'the windows of the vendor’s descriptor, and `concurrency`' },
    },
    exposedBy: LEADER,
  },
  leadgen_cap_closed: {
    type: 'gauge',
    help: 'Whether a cap is closed: by the vendor’s word, the breaker, or a person. A window that is full does not close it.',
    unit: 'boolean',
    labels: { vendor: VENDOR, credential: CREDENTIALS },
    exposedBy: LEADER,
  },
  leadgen_cap_closed_until_timestamp_seconds: {
    type: 'gauge',
    help: 'When a closed cap opens, seconds since 1970; 0: it is open.',
    unit: 'timestamp',
    labels: { vendor: VENDOR, credential: CREDENTIALS },
    exposedBy: LEADER,
  },

  leadgen_runs_active: {
    type: 'gauge',
    help: 'Runs that have not ended; needs_input: those of the last day that wait for an answer to their question.',
    unit: 'count',
    labels: { state: ['queued', 'running', 'paused_person', 'paused_vendor_cap', 'needs_input'] },
    exposedBy: LEADER,
  },
  leadgen_runs_oldest_paused_age_seconds: {
    type: 'gauge',
    help: 'Since when the run has been paused that was paused first; 0: none is.',
    unit: 'seconds',
    labels: {},
    exposedBy: LEADER,
  },
  leadgen_budget_used_ratio: {
    type: 'gauge',
    help: 'Spent and reserved of a budget, of the fullest one; 0 where none is set or in use. It seldom comes to 1: what is left is less than the next call can cost, and those it refuses are counted. Above 1: a limit was lowered.',
    unit: 'ratio',
    labels: { scope: BUDGETS },
    exposedBy: LEADER,
  },
  leadgen_calls_in_doubt: {
    type: 'gauge',
    help: 'Calls of unknown outcome that nobody has resolved.',
    unit: 'count',
    labels: {},
    exposedBy: LEADER,
  },
  leadgen_workers: {
    type: 'gauge',
    help: 'Worker processes that have been heard of within 15 s; enrich-lanes: those that serve some vendors’ lanes and nothing else (LEADGEN_ENRICH_LANES=only:…).',
    unit: 'count',
    labels: { stage: WORKERS },
    exposedBy: LEADER,
  },
  leadgen_worker_clock_skew_seconds: {
    type: 'gauge',
    help: 'By how much the clock of a worker differs from Redis’s, the largest.',
    unit: 'seconds',
    labels: {},
    exposedBy: LEADER,
  },
  leadgen_redis_memory_used_ratio: {
    type: 'gauge',
    help: 'Memory that Redis uses of its maxmemory; 0 where there is no such limit.',
    unit: 'ratio',
    labels: {},
    exposedBy: LEADER,
  },
  leadgen_redis_persistence_ok: {
    type: 'gauge',
    help: 'Whether the append-only file is on, and its last write and rewrite and the last snapshot went well.',
    unit: 'boolean',
    labels: {},
    exposedBy: LEADER,
  },
  leadgen_redis_noeviction: {
    type: 'gauge',
    help: 'Whether Redis refuses writes rather than dropping keys when its memory is used up.',
    unit: 'boolean',
    labels: {},
    exposedBy: LEADER,
  },
  leadgen_cron_last_start_timestamp_seconds: {
    type: 'gauge',
    help: 'When the last run of a schedule, or of cron, was created, seconds since 1970.',
    unit: 'timestamp',
    labels: { schedule: { boundedBy: 'the first 50 names; all further ones are `other`' } },
    exposedBy: LEADER,
  },
  leadgen_cron_last_success_timestamp_seconds: {
    type: 'gauge',
    help: 'When the last run of a schedule, or of cron, ended as completed or partial, seconds since 1970.',
    unit: 'timestamp',
    labels: { schedule: { boundedBy: 'the first 50 names; all further ones are `other`' } },
    exposedBy: LEADER,
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricName = keyof typeof METRICS;
export type MetricLabels<Name extends MetricName> = LabelsOf<(typeof METRICS)[Name]>;
export type MetricOfType<Type extends MetricDefinition['type']> = {
  [Name in MetricName]: (typeof METRICS)[Name]['type'] extends Type ? Name : never;
}[MetricName];
/** What the leader alone tells. */
export type LeaderMetric = {
  [Name in MetricOfType<'gauge'>]: (typeof METRICS)[Name]['exposedBy'] extends typeof LEADER ? Name : never;
}[MetricOfType<'gauge'>];
