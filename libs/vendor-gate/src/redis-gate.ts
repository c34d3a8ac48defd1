import { join } from 'node:path';
import { canonicalJson, shortHash } from '#libs/kernel';
import {
  type CellKeys,
  LuaScript,
  runTogether,
  type LuaArgument,
  type LuaCall,
  type RedisClient,
} from '#libs/redis';
import type {
  AcquireAnswer,
  CallRequest,
  DenyReason,
  Gate,
  Grant,
  Journal,
  KeptAnswer,
  Settlement,
  WaitReason,
} from './gate.port';

const script = (name: string): LuaScript => new LuaScript(join(__dirname, 'lua', `${name}.lua`));

const scripts = {
  acquire: script('acquire-call-n'),
  markSent: script('mark-sent-1'),
  settle: script('settle-call-n'),
  journalCached: script('journal-cached-2'),
} as const;

/** A grant not used within this time is given back: its worker froze, and a late call could overrun a window. */
const SEND_BY_MS = 2_000;
/** The lease outlives the HTTP deadline by this much, so that a call is never thought dead while it may still send. */
const LEASE_MARGIN_MS = 3_000;
/** How long a placeholder of unknown outcome is remembered when nobody resolves it. */
const PLACEHOLDER_MS = 30 * 86_400_000;

/** The gate in Redis: one script per verb, Redis `TIME` the only clock, all keys of a cell in one slot. */
export class RedisGate implements Gate {
  /** Hashing an input costs as much as the command it is for, and a request takes two or three. */
  private readonly ledgerKeys = new WeakMap<CallRequest, string>();

  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  async acquire(request: CallRequest): Promise<AcquireAnswer> {
    const leaseMs = request.deadlineMs + LEASE_MARGIN_MS;
    const reply = (await scripts.acquire.run(
      this.redis,
      [
        this.runKey(request),
        this.ledgerKey(request),
        this.keys.cap(request.cap.id),
        this.keys.leases(request.cap.id),
        ...this.windows(request),
      ],
      [
        request.callId,
        leaseMs,
        SEND_BY_MS,
        request.cap.concurrency,
        request.repeatable ? 1 : 0,
        Math.max(1, ...request.cap.windows.map(({ units }) => units)),
        PLACEHOLDER_MS,
        ...request.cap.windows.flatMap(({ limit, lengthMs }) => [limit, lengthMs]),
      ],
    )) as [string, string | number, string?];
    return toAnswer(reply, leaseMs);
  }

  async isAnswered(request: CallRequest): Promise<boolean> {
    return (await this.redis.hget(this.ledgerKey(request), 'status')) === 'settled';
  }

  async sent(request: CallRequest, grant: Grant): Promise<boolean> {
    const send = await scripts.markSent.run(
      this.redis,
      [this.ledgerKey(request)],
      [request.callId, grant.grantNumber],
    );
    return send === 1;
  }

  async settle(
    request: CallRequest,
    grant: Grant,
    settlement: Settlement,
    journal: Journal,
    last?: LuaCall,
  ): Promise<void> {
    const call = scripts.settle.call(
      [
        this.ledgerKey(request),
        this.keys.leases(request.cap.id),
        this.runKey(request),
        this.companyKey(request),
        this.keys.cap(request.cap.id),
        ...this.windows(request),
      ],
      [
        request.callId,
        ...settlementArguments(settlement, request),
        grant.grantNumber,
        settlement.lesson?.close?.forMs ?? 0,
        request.cap.windows.length,
        ...request.cap.windows.map(({ lengthMs }) => lengthMs),
        ...Object.entries(journal).flat(),
      ],
    );
    if (last === undefined) await call.script.run(this.redis, call.keys, call.args);
    else await runTogether(this.redis, call, last);
  }

  async journalCached(request: CallRequest, journal: Journal): Promise<void> {
    await scripts.journalCached.run(
      this.redis,
      [this.runKey(request), this.companyKey(request)],
      [request.vendor, ...Object.entries(journal).flat()],
    );
  }

  private runKey(request: CallRequest): string {
    return this.keys.run(request.tenantId, request.runId);
  }

  private companyKey(request: CallRequest): string {
    return this.keys.company(request.tenantId, request.runId, request.companyId);
  }

  private ledgerKey(request: CallRequest): string {
    const known = this.ledgerKeys.get(request);
    if (known !== undefined) return known;
    const { tenantId, vendor, simulated, op, input } = request;
    const seller = simulated ? `sim-${vendor}` : vendor;
    const key = this.keys.ledger(tenantId, seller, op, shortHash(canonicalJson(input), 26));
    this.ledgerKeys.set(request, key);
    return key;
  }

  private windows({ cap }: CallRequest): string[] {
    return cap.windows.map(({ name }) => this.keys.window(cap.id, name));
  }
}

/** Arguments 2 to 8 of the settle script. */
function settlementArguments(settlement: Settlement, request: CallRequest): LuaArgument[] {
  const { vendor } = request;
  const units = Math.max(1, ...request.cap.windows.map((window) => window.units));
  switch (settlement.kind) {
    case 'keep': {
      const { answer, ttlMs, costMicro } = settlement;
      return ['keep', JSON.stringify(answer), ttlMs, costMicro, vendor, units, 1];
    }
    case 'free':
      return ['free', '', 0, 0, vendor, units, settlement.sent ? 1 : 0];
    case 'doubt':
      return ['doubt', '', 0, request.maxCostMicro, vendor, units, 1];
    case 'pending':
      throw new TypeError('a pending call cannot be settled yet');
  }
}

function toAnswer(reply: readonly [string, string | number, string?], leaseMs: number): AcquireAnswer {
  const [kind, detail, reason] = reply;
  switch (kind) {
    case 'granted':
      return { kind, inMs: 0, sendByMs: SEND_BY_MS, leaseMs, grantNumber: Number(detail), resume: null };
    case 'cached':
      return { kind, answer: JSON.parse(String(detail)) as KeptAnswer, costMicro: Number(reason) };
    case 'in_flight':
      return { kind, inMs: Number(detail) };
    case 'wait':
      return { kind, inMs: Number(detail), reason: (reason ?? 'window') as WaitReason };
    case 'denied':
      return { kind, reason: String(detail) as DenyReason };
    case 'stop':
      return { kind, why: detail === 'paused' ? 'paused' : 'cancelled' };
    case 'in_doubt':
      return { kind, callId: String(detail) };
    default:
      throw new TypeError(`the acquire script answered ${JSON.stringify(reply)}`);
  }
}
