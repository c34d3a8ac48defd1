import { type Command, Option } from 'commander';
import { appError, scheduleNameSchema } from '#libs/contracts';
import { TICK_SLOTS_MS, type TickSlot } from '#libs/schedules';
import { oneOf } from '../typed/one-of';
import { wordOption } from '../typed/word-option';

const SOURCES = ['cli', 'cron'] as const;
const OVERLAPS = ['allow', 'skip', 'wait'] as const;
/**
 * What a run does while an earlier one of its thread has not ended: start beside it, leave it at that one, or wait for its
 * end and then start.
 */
type Overlap = (typeof OVERLAPS)[number];

/** How a run stands to those that were started like it before. */
export interface RunSeries {
  source: 'cli' | 'cron';
  /** Ticks of one schedule in one slot start one run; not set: every command starts its own. */
  tick: { schedule: string | undefined; slot: TickSlot } | undefined;
  overlap: Overlap;
}

export interface RawSeries {
  source?: string;
  schedule?: string;
  slot?: string;
  overlap?: string;
}

const SLOTS = Object.keys(TICK_SLOTS_MS) as TickSlot[];

/** The flags by which cron and its like say which series a run belongs to. */
export function addSeriesOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--schedule <name>', 'this is a tick of that schedule: in one slot they start one run').env(
        'ORCHESTRATOR_SCHEDULE',
      ),
    )
    .addOption(
      wordOption('--slot <length>', 'how long one tick counts (UTC)', SLOTS).env('ORCHESTRATOR_SLOT'),
    )
    .addOption(
      wordOption('--overlap <policy>', 'while an earlier run of the thread has not ended', OVERLAPS).env(
        'ORCHESTRATOR_OVERLAP',
      ),
    )
    .addOption(
      wordOption('--source <source>', 'who starts it, cron makes it a tick', SOURCES).env(
        'ORCHESTRATOR_SOURCE',
      ),
    );
}

/** Throws `usage` naming the flag. `threadId`: as it was asked for. */
export function parseSeries(raw: RawSeries, threadId: string | undefined): RunSeries {
  const source = oneOf('--source', raw.source ?? 'cli', SOURCES);
  const overlap = oneOf('--overlap', raw.overlap ?? 'allow', OVERLAPS);
  const { schedule } = raw;
  if (schedule !== undefined) {
    const name = scheduleNameSchema.safeParse(schedule);
    if (!name.success) throw appError('usage', `--schedule: ${name.error.issues[0]?.message ?? ''}`);
  }
  if (overlap !== 'allow' && schedule === undefined && threadId === undefined) {
    throw appError('usage', `--overlap ${overlap}: of which series? pass --schedule <name>, or --thread-id`);
  }
  const isTick = schedule !== undefined || source === 'cron';
  if (raw.slot !== undefined && !isTick) {
    throw appError('usage', `--slot ${raw.slot}: of which schedule? pass --schedule <name>`);
  }
  const slot = oneOf('--slot', raw.slot ?? 'minute', SLOTS);
  return { source, overlap, tick: isTick ? { schedule, slot } : undefined };
}
