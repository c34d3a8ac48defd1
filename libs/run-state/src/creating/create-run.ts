import { createHash } from 'node:crypto';
import { appError, type RunRequest, type RunSource } from '#libs/contracts';
import { canonicalJson, newRunId, newThreadId } from '#libs/kernel';
import { TTL_SECONDS, type CellKeys, type RedisClient } from '#libs/redis';
import {
  ACCEPTED,
  createdOf,
  idempotencyConflict,
  idempotencyInFlight,
  type CreatedRun,
} from '../idempotency/created-run';
import { activeMember } from '../run-ref';
import { runStateScripts } from '../run-state-scripts';

export interface CreateRunOptions {
  source: RunSource;
  /** Same key, same request → the same run; same key, another request → `idempotency_conflict`. Kept 24 h. */
  idempotencyKey?: string;
  /** What stands for the request under that key; default: the hash of the request. */
  requestHash?: string;
  /** The key is claimed already, see `IdempotencyKeys`. */
  claim?: string;
  /** Most runs the tenant may have that have not ended, this one included; not set: any number. */
  activeRunsMax?: number;
  /** Secret of the request's webhook, sealed. */
  webhookSecret?: string;
  /** A worker is to add the run's flow, see `RunHandover`; not set: the caller adds it. */
  handOver?: boolean;
}

/** One script: the record, its place in the lists, the idempotency key. Throws as `RunRepository.create`. */
export async function createRun(
  { redis, keys }: { redis: RedisClient; keys: CellKeys },
  request: RunRequest,
  options: CreateRunOptions & { traceparent: string | undefined },
): Promise<CreatedRun> {
  const { tenant_id: tenantId } = request;
  const runId = newRunId();
  const threadId = request.thread_id ?? newThreadId();
  const key = options.idempotencyKey;
  const runKey = keys.run(tenantId, runId);
  const fields = recordFields(runId, request, options);
  const [code, id, ofThread, createdMs] = (await runStateScripts.createRun.run(
    redis,
    [
      runKey,
      keys.events(tenantId, runId),
      keys.thread(tenantId, threadId),
      keys.tenantRuns(tenantId),
      key === undefined ? runKey : keys.idempotency(tenantId, key),
      keys.activeRuns(),
      keys.tenantActiveRuns(tenantId),
      options.handOver === true ? keys.runHandover() : runKey,
    ],
    [
      runId,
      activeMember({ tenantId, runId }),
      TTL_SECONDS.run,
      key === undefined ? 0 : TTL_SECONDS.idempotency,
      key === undefined ? '' : (options.requestHash ?? hashOfRequest(request)),
      ACCEPTED.phase,
      ACCEPTED.message,
      TTL_SECONDS.run * 1000,
      options.activeRunsMax ?? 0,
      options.claim ?? '',
      threadId,
      options.handOver === true ? 1 : 0,
      ...Object.entries(fields).flat(),
    ],
  )) as [number, string, string?, (string | number)?];
  if (code === -3) throw tooManyRuns(tenantId, Number(id));
  if (code === -1) throw idempotencyConflict(id);
  if (code === -4) throw idempotencyInFlight();
  return { tenantId, runId: id, created: code === 1, ...createdOf(ofThread, createdMs) };
}

/** What a run's record holds from the beginning. */
function recordFields(
  runId: string,
  request: RunRequest,
  { source, webhookSecret, traceparent }: CreateRunOptions & { traceparent: string | undefined },
): Record<string, string> {
  return {
    run_id: runId,
    tenant_id: request.tenant_id,
    source,
    request: JSON.stringify(request),
    ...(webhookSecret !== undefined && { webhook_secret: webhookSecret }),
    ...(traceparent !== undefined && { trace: traceparent }),
  };
}

/** Equal values have equal hashes, whatever the order of their members. */
export function hashOfRequest(request: object): string {
  return createHash('sha256').update(canonicalJson(request)).digest('hex');
}

export function tooManyRuns(tenantId: string, active: number): Error {
  return appError(
    'too_many_runs',
    `tenant ${tenantId} has ${active} runs that have not ended, as many as it may: wait for one, or cancel one`,
  );
}
