import { leadSchema, TERMINAL_RUN_STATES, type RunRecord } from '#libs/contracts';
import { objectKeys, type ObjectStorage } from '#libs/object-storage';
import type { RunRef } from '#libs/run-state';
import type { ConnectedCell } from '../cell/connected-cell';
import type { Transcript } from './transcript.schema';

type Cell = Pick<ConnectedCell, 'runs' | 'storage'>;
/** Runs of a thread looked at for one that has ended. */
const RUNS_LOOKED_AT = 20;

/** The latest run of the thread that has ended, as a transcript; undefined where there is none. */
export async function ourTranscript(
  cell: Cell,
  tenantId: string,
  threadId: string,
): Promise<Transcript | undefined> {
  for (const runId of await cell.runs.runsOfThread(tenantId, threadId, RUNS_LOOKED_AT)) {
    const record = await cell.runs.find({ tenantId, runId });
    if (record && TERMINAL_RUN_STATES.includes(record.state))
      return transcriptOfRun(cell, { tenantId, runId });
  }
  return undefined;
}

/** A run that has ended as a transcript. */
export async function transcriptOfRun({ runs, storage }: Cell, run: RunRef): Promise<Transcript> {
  const record = await runs.get(run);
  const { output, created_at: created, finished_at: finished } = record;
  return {
    thread_id: record.thread_id,
    started_at: created,
    duration_ms: finished === null ? 0 : Date.parse(finished) - Date.parse(created),
    statuses: (await runs.events(run)).map(({ phase, message }) => ({ phase, message })),
    candidates: output?.candidates ?? 0,
    leads: await leadsOf(storage, record),
    exported: output?.leads ?? 0,
  };
}

async function leadsOf(storage: ObjectStorage, record: RunRecord): Promise<Transcript['leads']> {
  const key = objectKeys.runFile(record.request.tenant_id, record.run_id, 'leads.jsonl');
  if (!(await storage.exists(key))) return [];
  const pieces: Buffer[] = [];
  for await (const piece of await storage.open(key)) pieces.push(piece as Buffer);
  const lines = Buffer.concat(pieces).toString('utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const { company, score } = leadSchema.parse(JSON.parse(line));
    return { domain: company.domain ?? company.company_id, bucket: score.bucket, score: score.score };
  });
}
