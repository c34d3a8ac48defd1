import { appError, tenantIdSchema, threadIdSchema } from '#libs/contracts';
import { connectCell } from '../cell/connected-cell';
import { openCell } from '../cell/open-cell';
import type { CommandContext } from '../command-context';
import { CellTarget } from '../loadtest/cell.target';
import type { Reporter } from '../output/reporter.port';
import { readJsonLines } from '../typed/json-lines';
import { ourTranscript, transcriptOfRun } from './our-transcript';
import { transcriptSchema, type Transcript } from './transcript.schema';

export interface OurSource {
  /** A file of transcripts of ours. */
  ours?: string;
  /** Run each thread's request again. */
  rerun?: boolean;
  tenantId?: string;
}

/**
 * Ours by thread id: of a file, of runs made now, or of the runs that the cell of `REDIS_URL` has of these threads. Throws
 * `usage` naming the flag, and what opening a cell throws.
 */
export async function ourTranscripts(
  legacy: readonly Transcript[],
  source: OurSource,
  context: CommandContext,
  reporter: Reporter,
): Promise<Map<string, Transcript>> {
  if (source.ours !== undefined) {
    if (source.rerun === true)
      throw appError('usage', '--ours and --rerun contradict each other: give one of them');
    const ours = await readJsonLines('--ours', source.ours, transcriptSchema);
    return new Map(ours.map((transcript) => [transcript.thread_id, transcript]));
  }
  const tenantId = tenantIdSchema.safeParse(source.tenantId);
  if (!tenantId.success) throw appError('usage', 'whose runs? pass --tenant-id <id>, or --ours <file>');
  return source.rerun === true
    ? rerun(legacy, tenantId.data, context, reporter)
    : fromCell(legacy, tenantId.data, context);
}

async function fromCell(
  legacy: readonly Transcript[],
  tenantId: string,
  { settings, logger }: CommandContext,
): Promise<Map<string, Transcript>> {
  if (settings.redis.url === undefined) {
    throw appError(
      'usage',
      'where are our runs? set REDIS_URL to their cell, or pass --ours <file> or --rerun',
    );
  }
  const cell = await connectCell(settings.redis.url, settings, logger);
  try {
    const found = new Map<string, Transcript>();
    for (const { thread_id: id } of legacy) {
      const ours = threadIdSchema.safeParse(id).success ? await ourTranscript(cell, tenantId, id) : undefined;
      if (ours) found.set(id, ours);
    }
    return found;
  } finally {
    await cell.close();
  }
}

async function rerun(
  legacy: readonly Transcript[],
  tenantId: string,
  { settings, logger, signal }: CommandContext,
  reporter: Reporter,
): Promise<Map<string, Transcript>> {
  const asked = legacy.flatMap(({ thread_id: id, request }) => (request ? [{ id, request }] : []));
  if (asked.length === 0) {
    throw appError('usage', '--rerun needs what was asked for: no line of --legacy has the member request');
  }
  const opened = await openCell({ settings, logger, signal, note: (text) => reporter.note(text) });
  const target = new CellTarget(opened, tenantId, settings.runtime.offline);
  try {
    const made = new Map<string, Transcript>();
    for (const [i, { id, request }] of asked.entries()) {
      const { runId, state } = await target.run(request, i + 1, signal);
      signal.throwIfAborted();
      reporter.note(`${i + 1}/${asked.length} ${id}: ${runId} ${state}`);
      const transcript = await transcriptOfRun(opened.cell, { tenantId, runId });
      made.set(id, { ...transcript, thread_id: id });
    }
    return made;
  } finally {
    await target.close();
  }
}
