import pc from 'picocolors';
import { counted } from '#libs/kernel';
import { plainTable } from '../output/plain-table';
import type { LoadSummary, Spread } from './load-summary';

/** A load test for a person: durations overall and per stage, budgets, and what went wrong. */
export function loadTable(summary: LoadSummary): string {
  const rows = [
    ...(summary.duration_ms ? [['overall', ...seconds(summary.duration_ms), '–', '–']] : []),
    ...summary.stages.map((stage) => [
      stage.stage,
      ...seconds(stage),
      stage.budget_ms === null ? '–' : inSeconds(stage.budget_ms),
      stage.budget_ms === null ? '–' : stage.within ? pc.green('kept') : pc.red(`${stage.over} over`),
    ]),
  ];
  const table = plainTable(['Stage', 'min', 'p50', 'p95', 'max', 'Budget', 'Verdict'], rows, [1, 2, 3, 4, 5]);
  return [table, loadSentence(summary), ...summary.failures.map(failureText)].join('\n');
}

export function loadSentence(summary: LoadSummary): string {
  const { iterations, succeeded, partial, failed, calls, from_ledger: ledger, same_leads: same } = summary;
  return [
    `${succeeded} of ${counted(iterations, 'run')} completed, ${partial} in part, ${failed} failed`,
    `budgets ${summary.budgets_kept ? 'kept' : 'exceeded'}`,
    `${counted(calls, 'vendor call')}, ${ledger} answers from the ledger`,
    ...(same === null ? [] : [same ? 'the same leads each time' : 'not the same leads each time']),
  ].join('; ');
}

/** In seconds, the unit of the budgets; in the enrich row it is the slowest company of each run. */
function seconds({ min, p50, p95, max }: Spread): string[] {
  return [min, p50, p95, max].map(inSeconds);
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

function failureText({ iteration, run_id: runId, state, message }: LoadSummary['failures'][number]): string {
  return pc.red(`✗ ${iteration}${runId === null ? '' : ` ${runId}`} ${state}: ${message}`);
}
