import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { runRequestSchema, type RunRecord, type RunRequest } from '#libs/contracts';
import { parseIcp } from '#libs/domain';
import { objectKeys, storeDataset, type ObjectStorage } from '#libs/object-storage';
import type { OpenCell } from '../cell/opened-cell';
import { followRun } from '../run/follow-run';
import type { LoadPayload } from './load-payload.schema';
import type { LoadedRun, LoadTarget } from './load-target.port';

const UNHEARD = { event: () => undefined, heartbeat: () => undefined };

/** Starts runs as `leadgen run` does, all of them in one cell. */
export class CellTarget implements LoadTarget {
  constructor(
    private readonly opened: OpenCell,
    private readonly tenantId: string,
    private readonly offline: boolean,
  ) {}

  async run(payload: LoadPayload, _iteration: number, signal: AbortSignal): Promise<LoadedRun> {
    const { cell, lost } = this.opened;
    const request = await this.request(payload);
    const run = await cell.runs.create(request, { source: 'cli' });
    await cell.flow.addRun(run);
    const record = await followRun(cell.runs, run, UNHEARD, AbortSignal.any([signal, lost]));
    lost.throwIfAborted();
    return loadedRun(record, await leadsDigest(cell.storage, record));
  }

  close(): Promise<void> {
    return this.opened.close();
  }

  private async request({
    companies,
    icp_payload: icp,
    run_mode: mode,
    ...rest
  }: LoadPayload): Promise<RunRequest> {
    return runRequestSchema.parse({
      ...rest,
      tenant_id: this.tenantId,
      ...(mode !== undefined && { mode }),
      ...(icp !== undefined && { icp: parseIcp(JSON.stringify(icp)) }),
      ...(companies && { dataset_key: await this.store(companies), dataset_name: 'companies' }),
      ...(this.offline && { offline: true }),
    });
  }

  private async store(companies: readonly object[]): Promise<string> {
    const lines = companies.map((company) => `${JSON.stringify(company)}\n`);
    const stored = await storeDataset(this.opened.cell.storage, this.tenantId, Readable.from(lines), 'jsonl');
    return stored.key;
  }
}

function loadedRun(record: RunRecord, digest: string | null): LoadedRun {
  const { run_id: runId, state, output, created_at: created, started_at: started } = record;
  const queuedMs = started === null ? null : Math.max(0, Date.parse(started) - Date.parse(created));
  const message = record.problem?.message ?? record.status.message;
  return { runId, state, queuedMs, output, leadsDigest: digest, message };
}

async function leadsDigest(storage: ObjectStorage, record: RunRecord): Promise<string | null> {
  const key = objectKeys.runFile(record.request.tenant_id, record.run_id, 'leads.jsonl');
  if (!(await storage.exists(key))) return null;
  const hash = createHash('sha256');
  for await (const piece of await storage.open(key)) hash.update(piece as Buffer);
  return hash.digest('hex');
}
