import type { RunEvent, RunOutput } from '#libs/contracts';
import { type CellKeys, type RedisClient } from '#libs/redis';
import { runEventOf, type EventEntry } from './event-feed/run-event';
import { runOutputFromHash, runSummaryFromHash, RUN_SUMMARY_FIELDS, type RunSummary } from './run-hash';
import { runStateScripts } from './run-state-scripts';
import type { RunRef } from './run-ref';

/** A run at one moment, as it is shown. */
export interface RunSnapshot {
  run: RunSummary;
  output: RunOutput | null;
  /** The latest, oldest first. */
  events: RunEvent[];
  /** Changes whenever anything of this does: what a strong ETag is made of. */
  version: string;
}

/** All that is shown changes with an event, but for the counters. */
const VERSION_FIELDS = ['run_id', 'event_seq', 'candidates', 'done', 'failed'] as const;
/** In the order in which read-run-2.lua reads them. */
export const SHOWN_FIELDS = [...RUN_SUMMARY_FIELDS, 'event_seq', 'output'] as const;

/** Runs as they are shown, read in one step each. */
export class RunSnapshots {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /** The version alone: much cheaper than the run. */
  async version({ tenantId, runId }: RunRef): Promise<string | undefined> {
    const values = await this.redis.hmget(this.keys.run(tenantId, runId), ...VERSION_FIELDS);
    return versionOf(hashOf(VERSION_FIELDS, values));
  }

  /** Throws `ZodError` for a record of a shape this version does not write. */
  async take(
    { tenantId, runId }: RunRef,
    { eventsMax }: { eventsMax: number },
  ): Promise<RunSnapshot | undefined> {
    const shown = await runStateScripts.readRun.run(
      this.redis,
      [this.keys.run(tenantId, runId), this.keys.events(tenantId, runId)],
      [eventsMax],
    );
    const list = JSON.parse(String(shown)) as unknown[];
    const hash = hashOf(SHOWN_FIELDS, list.slice(0, SHOWN_FIELDS.length));
    const entries = list.slice(SHOWN_FIELDS.length) as EventEntry[];
    const version = versionOf(hash);
    if (version === undefined) return undefined;
    return {
      run: runSummaryFromHash(hash),
      output: runOutputFromHash(hash),
      events: entries.reverse().map(runEventOf),
      version,
    };
  }
}

/** What HMGET answers for these fields as a hash: those that are there. */
export function hashOf(fields: readonly string[], values: readonly unknown[]): Record<string, string> {
  const hash: Record<string, string> = {};
  fields.forEach((field, i) => {
    const value = values[i];
    if (typeof value === 'string') hash[field] = value;
  });
  return hash;
}

function versionOf(hash: Readonly<Record<string, string>>): string | undefined {
  if (hash.run_id === undefined) return undefined;
  return VERSION_FIELDS.map((field) => hash[field] ?? '0').join('.');
}
