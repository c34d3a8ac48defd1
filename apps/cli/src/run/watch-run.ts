import type { RunRecord } from '#libs/contracts';
import type { RunRef } from '#libs/run-state';
import type { ConnectedCell } from '../cell/connected-cell';
import type { CommandContext } from '../command-context';
import { progressReader } from '../live/read-progress';
import { openRunCaps } from '../live/run-caps';
import type { Reporter } from '../output/reporter.port';
import { followRun } from './follow-run';

/** As `followRun`, with the live view where somebody watches. */
export async function watchRun(
  cell: ConnectedCell,
  run: RunRef,
  { settings, reporter }: Pick<CommandContext, 'settings'> & { reporter: Reporter },
  signal: AbortSignal,
): Promise<RunRecord> {
  const { live } = reporter;
  if (!live) return followRun(cell.runs, run, reporter, signal);
  const caps = await openRunCaps(cell, { settings });
  const ended = new AbortController();
  const drawn = live(
    progressReader(cell, run, (asked) => caps.read(asked)),
    ended.signal,
  );
  try {
    // A view that cannot be drawn is a defect, and must not be waited for behind the run.
    return await Promise.race([
      followRun(cell.runs, run, reporter, signal),
      drawn.then(() => followRun(cell.runs, run, reporter, signal)),
    ]);
  } finally {
    ended.abort();
    await drawn;
    await caps.close();
  }
}
