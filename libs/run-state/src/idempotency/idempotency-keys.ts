import { randomUUID } from 'node:crypto';
import { type CellKeys, type RedisClient } from '#libs/redis';
import { runStateScripts } from '../run-state-scripts';
import { createdOf, idempotencyConflict, idempotencyInFlight, type CreatedRun } from './created-run';

/**
 * How long a request may take between claiming its key and creating its run. A key whose request died in between can be used
 * again after that.
 */
const CLAIM_MS = 10_000;

/** Clients' idempotency keys while a request works towards its run; once the run is there, its entry says which it is. */
export class IdempotencyKeys {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /**
   * The claim to create a run with, or the run that the same request has made. Throws `idempotency_conflict` if the key came
   * with another request, and `idempotency_in_flight` while the same request is being worked on.
   */
  async claim(
    tenantId: string,
    key: string,
    requestHash: string,
    claimMs = CLAIM_MS,
  ): Promise<{ claim: string } | { run: CreatedRun }> {
    const claim = randomUUID();
    const reply = (await runStateScripts.claimIdempotency.run(
      this.redis,
      [this.keys.idempotency(tenantId, key)],
      [requestHash, claim, claimMs],
    )) as [number, string?, string?, string?];
    const [code, first, threadId, createdAt] = reply;
    if (code === 1) return { claim };
    if (code === -1) throw idempotencyConflict(first ?? '');
    if (code === -4) throw idempotencyInFlight();
    return { run: { tenantId, runId: String(first), created: false, ...createdOf(threadId, createdAt) } };
  }

  /** Gives the key back: its request made no run. */
  async release(tenantId: string, key: string, claim: string): Promise<void> {
    await runStateScripts.releaseIdempotency.run(this.redis, [this.keys.idempotency(tenantId, key)], [claim]);
  }
}
