import { heardLater } from '#libs/kernel';
import { runTogether, type CellKeys, type LuaCall, type RedisClient } from '#libs/redis';
import { acquireAnswer, acquireCall, isBlockedByTheDead, isListed, type AcquireReply } from './acquire-call';
import { leaseOf, SEND_BY_MS } from './acquire-terms';
import type { AcquireAnswer, CallRequest, Gate, Grant, Journal, Settlement } from './gate.port';
import { GATE_SCRIPTS, type GateScripts } from './gate-scripts';
import { Purchases } from './purchase';
import { settleCall } from './settle-call';
import { SuppressionNames, type SuppressionSubject } from './suppression-names';
import { windowArgument, windowKeys } from './window-arguments';

/** Leases repaired on the way when a call waits for what a dead one holds. */
const REPAIRS_PER_CALL = 20;
/** A process says of the caps it uses that they are used, so often. */
const SEEN_EVERY_MS = 3_600_000;
const FORGET_CAPS_MS = 60 * 86_400_000;

/** The gate in Redis: one script per verb, Redis `TIME` the only clock, all keys of a cell in one slot. */
export class RedisGate implements Gate {
  private readonly purchases: Purchases;
  private readonly seenAt = new Map<string, number>();
  /** Tenants that were seen to have a suppression list: their calls say at once whom they are about. */
  private readonly listed = new Set<string>();

  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    /** How this deployment names whom tenants have suppressed. */
    private readonly suppressions = new SuppressionNames(),
    private readonly scripts: GateScripts = GATE_SCRIPTS,
  ) {
    this.purchases = new Purchases(keys);
  }

  async acquire(request: CallRequest): Promise<AcquireAnswer> {
    // It may fail before the call itself does.
    const seen = this.isSeen(request.cap.id) ? undefined : heardLater(this.see(request.cap.id));
    for (let repaired = false; ;) {
      const reply = await this.ask(request);
      if (isListed(reply)) {
        this.listed.add(request.tenantId);
      } else if (isBlockedByTheDead(reply) && !repaired) {
        await this.reapSome(request.cap.id);
        repaired = true;
      } else {
        if (seen) await seen;
        return acquireAnswer(reply, leaseOf(request));
      }
    }
  }

  hasSuppressed(tenantId: string): boolean {
    return this.listed.has(tenantId);
  }

  async areSuppressed(tenantId: string, subjects: readonly SuppressionSubject[]): Promise<boolean[]> {
    if (subjects.length === 0) return [];
    const names = subjects.map((subject) => this.suppressions.namesOf(tenantId, subject));
    const asked = names.flat();
    const answers = await this.redis.smismember(this.keys.suppressed(tenantId), ...asked);
    const listed = new Set(asked.filter((_name, i) => answers[i] === 1));
    return names.map((known) => known.some((name) => listed.has(name)));
  }

  async isAnswered(request: CallRequest): Promise<boolean> {
    return (await this.redis.hget(this.purchases.of(request).ledgerKey, 'status')) === 'settled';
  }

  async sent(request: CallRequest, grant: Grant): Promise<boolean> {
    const reply = await this.scripts.markSent.run(
      this.redis,
      [this.purchases.of(request).ledgerKey, this.keys.cap(request.cap.id)],
      [request.callId, grant.grantNumber, SEND_BY_MS],
    );
    if (reply === -1) await this.settle(request, grant, { kind: 'free', sent: false }, {});
    return reply === 1;
  }

  async settle(
    request: CallRequest,
    grant: Grant,
    settlement: Settlement,
    journal: Journal,
    last?: LuaCall,
  ): Promise<void> {
    const { keys, args } = settleCall(
      this.keys,
      request,
      this.purchases.of(request),
      grant,
      settlement,
      journal,
    );
    if (last === undefined) await this.scripts.settle.run(this.redis, keys, args);
    else await runTogether(this.redis, this.scripts.settle.call(keys, args), last);
  }

  async extend(request: CallRequest, grant: Grant, leaseMs: number): Promise<boolean> {
    const windows = request.cap.windows.filter(({ units }) => units > 0);
    const { id } = request.cap;
    const reply = await this.scripts.extend.run(
      this.redis,
      [
        this.purchases.of(request).ledgerKey,
        this.keys.leases(id),
        this.keys.cap(id),
        ...windowKeys(this.keys, id, windows),
      ],
      [request.callId, grant.grantNumber, leaseMs, ...windows.map((window) => windowArgument(window))],
    );
    return reply === 1;
  }

  async journalCached(request: CallRequest, journal: Journal, last?: LuaCall): Promise<void> {
    const { shape, companyKey, ledgerKey } = this.purchases.of(request);
    const keys = [shape.runKey, companyKey, ledgerKey];
    const args = [request.vendor, ...Object.entries(journal).flat()];
    if (last === undefined) await this.scripts.journalCached.run(this.redis, keys, args);
    else await runTogether(this.redis, this.scripts.journalCached.call(keys, args), last);
  }

  /** Without names nothing is hashed: the script sees for itself whether the tenant has a list, so a fresh entry is never missed. */
  private ask(request: CallRequest): Promise<AcquireReply> {
    const { tenantId } = request;
    const names = this.listed.has(tenantId)
      ? request.subjects().flatMap((subject) => this.suppressions.namesOf(tenantId, subject))
      : null;
    const { keys, args } = acquireCall(request, this.purchases.of(request), names);
    return this.scripts.acquire.run(this.redis, keys, args) as Promise<unknown> as Promise<AcquireReply>;
  }

  private async reapSome(capId: string): Promise<void> {
    const keys = [this.keys.leases(capId), this.keys.cap(capId)];
    await this.scripts.reap.run(this.redis, keys, [REPAIRS_PER_CALL]);
  }

  private isSeen(capId: string): boolean {
    const seenAt = this.seenAt.get(capId);
    return seenAt !== undefined && performance.now() - seenAt < SEEN_EVERY_MS;
  }

  /** So that whoever repairs and shows caps knows which there are. */
  private async see(capId: string): Promise<void> {
    this.seenAt.set(capId, performance.now());
    const caps = this.keys.caps();
    await this.redis
      .multi()
      .zadd(caps, Date.now(), capId)
      .zremrangebyscore(caps, '-inf', Date.now() - FORGET_CAPS_MS)
      .pexpire(caps, FORGET_CAPS_MS)
      .exec();
  }
}
