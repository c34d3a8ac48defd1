import { setTimeout as delay } from 'node:timers/promises';
import { TERMINAL_RUN_STATES, type RunRequest } from '#libs/contracts';
import { canonicalJson, errorCode, shortHash } from '#libs/kernel';
import { hashOfRequest, type CreatedRun, type RunRef } from '#libs/run-state';
import { tickKey, tickSlotMs } from '#libs/schedules';
import type { ConnectedCell } from '../cell/connected-cell';
import { storeCompaniesFile } from './companies-file';
import type { RunOptions } from './run-options';

/** The run to follow, made now or by the same tick before; or the earlier one of its series that is in its way. */
export type Acceptance = { run: CreatedRun } | { earlier: RunRef };

/** What the cell has to offer for that. */
export type AcceptingCell = Pick<ConnectedCell, 'runs' | 'flow' | 'storage' | 'idempotency' | 'nowMs'>;

/** Another process of the same tick is between claiming the key and creating the run; a claim lapses after ten seconds. */
const CLAIM_PATIENCE_MS = 15_000;
const LOOK_AGAIN_MS = 200;
/** Earlier runs of a thread that are looked at: those before have long ended. */
const EARLIER_LOOKED_AT = 20;

interface AcceptedWhere {
  offline: boolean;
  /** How long ago the command was given. */
  sinceMs: number;
  /** Where the companies are, if not in the file that the command names. */
  file?: string | undefined;
}

interface Keyed {
  key: string;
  requestHash: string;
}

/**
 * Stores the companies and starts the run. Ticks of one schedule and slot, and requests with one idempotency key, start one
 * run, on however many hosts they come; which slot it is, the cell's clock decides, `sinceMs` after the tick. Throws
 * `idempotency_conflict` if the key came with another request.
 */
export async function acceptRun(
  options: RunOptions,
  cell: AcceptingCell,
  { offline, sinceMs, file = options.companiesFile }: AcceptedWhere,
): Promise<Acceptance> {
  const request: RunRequest = {
    ...options.request,
    ...(file !== undefined && {
      dataset_key: await storeCompaniesFile(cell.storage, options.request.tenant_id, file),
    }),
    // Said of the run, since the workers of a shared cell have settings of their own.
    ...(offline && { offline: true }),
  };
  const keyed = await keyOf(options, request, cell, sinceMs);
  const claimed = keyed && (await claim(cell, request.tenant_id, keyed));
  if (claimed && 'run' in claimed) return { run: await withFlow(cell, claimed.run) };
  const release = async (): Promise<void> => {
    if (keyed && claimed) await cell.idempotency.release(request.tenant_id, keyed.key, claimed.claim);
  };
  try {
    const earlier = options.series.overlap === 'allow' ? undefined : await activeRun(cell, request);
    if (earlier) {
      await release();
      return { earlier };
    }
    const run = await cell.runs.create(request, {
      source: options.series.source,
      ...(keyed && { idempotencyKey: keyed.key, requestHash: keyed.requestHash }),
      ...(claimed && { claim: claimed.claim }),
    });
    return { run: await withFlow(cell, run) };
  } catch (error) {
    await release();
    throw error;
  }
}

/**
 * What the caller named wins over the tick. A tick is the same tick whatever the file holds at that moment; one without a
 * schedule's name is known by what it asks for.
 */
async function keyOf(
  { idempotencyKey, series, companiesFile, request: asked }: RunOptions,
  request: RunRequest,
  cell: AcceptingCell,
  sinceMs: number,
): Promise<Keyed | undefined> {
  if (idempotencyKey !== undefined) return { key: idempotencyKey, requestHash: hashOfRequest(request) };
  if (!series.tick) return undefined;
  const { schedule, slot } = series.tick;
  const name = schedule ?? `auto-${shortHash(canonicalJson({ ...asked, companiesFile }), 16)}`;
  const slotMs = tickSlotMs((await cell.nowMs()) - sinceMs, slot);
  return { key: tickKey(name, slotMs), requestHash: hashOfRequest({ ...asked, companiesFile }) };
}

async function claim(
  { idempotency }: AcceptingCell,
  tenantId: string,
  { key, requestHash }: Keyed,
): Promise<{ claim: string } | { run: CreatedRun }> {
  const giveUpAt = performance.now() + CLAIM_PATIENCE_MS;
  for (;;) {
    try {
      return await idempotency.claim(tenantId, key, requestHash);
    } catch (error) {
      if (errorCode(error) !== 'idempotency_in_flight' || performance.now() > giveUpAt) throw error;
    }
    await delay(LOOK_AGAIN_MS);
  }
}

/** The latest run of the request's thread that has not ended. */
async function activeRun({ runs }: AcceptingCell, request: RunRequest): Promise<RunRef | undefined> {
  const { tenant_id: tenantId, thread_id: threadId } = request;
  if (threadId === undefined) return undefined;
  for (const runId of await runs.runsOfThread(tenantId, threadId, EARLIER_LOOKED_AT)) {
    const state = await runs.state({ tenantId, runId });
    if (state !== undefined && !TERMINAL_RUN_STATES.includes(state)) return { tenantId, runId };
  }
  return undefined;
}

/** The creator of a run that existed may have died before adding its flow: it is still queued then. */
async function withFlow({ runs, flow }: AcceptingCell, run: CreatedRun): Promise<CreatedRun> {
  if (run.created || (await runs.state(run)) === 'queued') await flow.addRun(run);
  return run;
}
