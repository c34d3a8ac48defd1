import type { StageVerdict } from '#libs/contracts';
import { METRICS, type MetricApp, type MetricLabels, type Metrics } from '#libs/observability';
import type { CountedTransition } from './run-transition';
import type { StageListener } from './stages/stage-times';

type Ended = MetricLabels<'leadgen_runs_ended_total'>;
type Budgeted = MetricLabels<'leadgen_stage_budget_verdicts_total'>;

const { source: SOURCES, state: ENDED } = METRICS.leadgen_runs_ended_total.labels;
const { reason: PAUSES } = METRICS.leadgen_run_pauses_total.labels;
const { stage: STAGES, verdict: VERDICTS } = METRICS.leadgen_stage_budget_verdicts_total.labels;

/** Which process measures which stages, besides enrich's companies. */
const MEASURED: Readonly<Partial<Record<MetricApp, readonly Budgeted['stage'][]>>> = {
  normalize: ['plan', 'normalize'],
  export: ['export'],
};

/** Counts what happens to runs in this process, of the metrics that it has. Every series is there from the start. */
export function countTransitions(metrics: Metrics): (transition: CountedTransition) => void {
  if (metrics.exposes('leadgen_run_pauses_total')) {
    for (const reason of PAUSES) metrics.count('leadgen_run_pauses_total', { reason });
  }
  for (const source of SOURCES) {
    if (metrics.exposes('leadgen_runs_started_total'))
      metrics.count('leadgen_runs_started_total', { source });
    for (const state of ENDED) endOf(metrics, { source, state });
  }
  return ({ to, event, source, durationMs, pauseReason }) => {
    if (event === 'run_start' && metrics.exposes('leadgen_runs_started_total')) {
      metrics.count('leadgen_runs_started_total', { source }).add();
    }
    if (to === 'paused' && pauseReason && metrics.exposes('leadgen_run_pauses_total')) {
      metrics.count('leadgen_run_pauses_total', { reason: pauseReason }).add();
    }
    if (isEnd(to)) endOf(metrics, { source, state: to })?.add(durationMs / 1_000);
  };
}

/** Counts verdicts on stages. Enrich is per company: how long each took is known where it is walked. */
export function countStages(metrics: Metrics): StageListener {
  if (!metrics.exposes('leadgen_stage_budget_verdicts_total')) return () => undefined;
  for (const stage of STAGES) {
    for (const verdict of VERDICTS) metrics.count('leadgen_stage_budget_verdicts_total', { stage, verdict });
  }
  for (const stage of MEASURED[metrics.app] ?? [])
    metrics.distribution('leadgen_stage_duration_seconds', { stage });
  return ({ stage, duration_ms: durationMs, within }: StageVerdict) => {
    if (!isBudgeted(stage)) return;
    const verdict = within ? 'within' : 'exceeded';
    metrics.count('leadgen_stage_budget_verdicts_total', { stage, verdict }).add();
    if (stage === 'enrich') return;
    metrics.distribution('leadgen_stage_duration_seconds', { stage }).observe(durationMs / 1_000);
  };
}

/** The two series of a kind of end; undefined in a process that ends no runs. */
function endOf(metrics: Metrics, labels: Ended): { add: (seconds: number) => void } | undefined {
  if (!metrics.exposes('leadgen_runs_ended_total')) return undefined;
  const ended = metrics.count('leadgen_runs_ended_total', labels);
  const duration = metrics.distribution('leadgen_run_duration_seconds', labels);
  return {
    add: (seconds) => {
      ended.add();
      duration.observe(seconds);
    },
  };
}

function isEnd(state: string): state is Ended['state'] {
  return (ENDED as readonly string[]).includes(state);
}

function isBudgeted(stage: string): stage is Budgeted['stage'] {
  return (STAGES as readonly string[]).includes(stage);
}
