import pc from 'picocolors';
import type { RunState } from '#libs/contracts';
import { plainTable } from '../output/plain-table';
import { printable } from '../output/printable';
import { shownSpan, shownTime } from '../output/shown-times';
import type { ListedRun } from './listed-runs';

const COLOURS: Readonly<Record<RunState, (text: string) => string>> = {
  queued: pc.dim,
  running: pc.cyan,
  paused: pc.yellow,
  needs_input: pc.yellow,
  completed: pc.green,
  partial: pc.yellow,
  failed: pc.red,
  cancelled: pc.dim,
};

/** Runs, one row each: which, whose, how far, since when. */
export function runsTable(runs: readonly ListedRun[], now: Date): string {
  const rows = runs.map((run) => [
    pc.bold(run.run_id),
    `${run.tenant_id} ${pc.dim(run.thread_id)}`,
    run.source,
    COLOURS[run.state](run.state),
    companiesCell(run),
    shownTime(run.created_at),
    shownSpan(run.created_at, run.finished_at ?? now.toISOString()),
    messageCell(run),
  ]);
  const titles = ['Run', 'Tenant, thread', 'From', 'State', 'Companies', 'Created (UTC)', 'For', 'Status'];
  return plainTable(titles, rows, [4, 6]);
}

function companiesCell({ counters: { candidates, done, failed } }: ListedRun): string {
  return candidates === 0 ? pc.dim('–') : `${done + failed}/${candidates}`;
}

const MESSAGE_WIDTH = 60;

function messageCell({ status, problem }: ListedRun): string {
  const [line = ''] = printable(problem?.message ?? status.message).split('\n');
  return line.length <= MESSAGE_WIDTH ? line : `${line.slice(0, MESSAGE_WIDTH - 1)}…`;
}
