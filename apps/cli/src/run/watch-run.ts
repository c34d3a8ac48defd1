import type { RunRecord } from '#libs/contracts';
import type { RunRef } from '#libs/run-state';
import type { ConnectedCell } from '../cell/connected-cell';
import type { CommandContext } from '../command-context';
import { progressReader } from '../live/read-progress';
import { openRunCaps } from '../live/run-caps';
import type { Reporter } from '../output/reporter.port';
import { watchDisk } from './disk-watch';
import { followRun } from './follow-run';

/** As `followRun`, with the live view where somebody watches. Throws `redis_disk_full` as well. */
export async function watchRun(
  cell: ConnectedCell,
  run: RunRef,
  { settings, reporter }: Pick<CommandContext, 'settings'> & { reporter: Reporter },
  signal: AbortSignal,
): Promise<RunRecord> {
  const { live } = reporter;
  const ended = new AbortController();
  const caps = live && (await openRunCaps(cell, { settings }));
  const besides = [watchDisk(cell.redis, ended.signal)];
  if (live && caps) {
    const read = progressReader(cell, run, (asked) => caps.read(asked));
    besides.push(live(read, ended.signal));
  }
  try {
    const broken = Promise.all(besides).then(() => new Promise<never>(() => undefined));
    return await Promise.race([
      followRun(cell.runs, run, reporter, AbortSignal.any([signal, ended.signal])),
      broken,
    ]);
  } finally {
    ended.abort();
    // What broke was thrown above; the rest ends now.
    await Promise.allSettled(besides);
    await caps?.close();
  }
}
