import type { CellKeys, RedisClient } from '#libs/redis';
import type {
  BudgetScope,
  CapExplanation,
  Doubt,
  GateOperations,
  PurchaseName,
  RepairedCall,
} from './gate-operations.port';
import type { Cap } from './gate.port';
import { GATE_SCRIPTS, type GateScripts } from './gate-scripts';
import { platformCapId } from './platform-cap';
import { ledgerKeyOf } from './purchase';
import { windowArgument, windowKeys } from './window-arguments';

/** The gate's operations in Redis. */
export class RedisGateOperations implements GateOperations {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    private readonly scripts: GateScripts = GATE_SCRIPTS,
  ) {}

  caps(): Promise<string[]> {
    return this.redis.zrange(this.keys.caps(), '0', '-1');
  }

  async reap(capId: string, most: number): Promise<RepairedCall[]> {
    const keys = [this.keys.leases(capId), this.keys.cap(capId)];
    const reply = (await this.scripts.reap.run(this.redis, keys, [most])) as [string, string, string][];
    return reply.map(([ledgerKey, callId, became]) => ({
      ledgerKey,
      callId,
      became: became as RepairedCall['became'],
    }));
  }

  async doubts(tenantId: string): Promise<Doubt[]> {
    const listed = await this.redis.zrange(this.keys.doubts(tenantId), '0', '-1', 'WITHSCORES');
    const doubts: Doubt[] = [];
    for (let i = 0; i < listed.length; i += 2) {
      const ledgerKey = listed[i] ?? '';
      const callId = await this.redis.hget(ledgerKey, 'call_id');
      doubts.push({ ledgerKey, callId: callId ?? '', since: Number(listed[i + 1]) });
    }
    return doubts;
  }

  async resolveDoubt(
    tenantId: string,
    which: string,
    verdict: 'bought' | 'not_bought',
  ): Promise<{ refundedMicro: number } | null> {
    const doubts = await this.doubts(tenantId);
    const doubt = doubts.find(({ ledgerKey, callId }) => which === ledgerKey || which === callId);
    if (!doubt) return null;
    const reply = await this.scripts.resolveDoubt.run(this.redis, [doubt.ledgerKey], [verdict]);
    const [, refundedMicro] = reply as [number, number];
    return { refundedMicro };
  }

  async areAnswered(purchases: readonly PurchaseName[]): Promise<boolean[]> {
    if (purchases.length === 0) return [];
    const pipeline = this.redis.pipeline();
    for (const purchase of purchases) pipeline.hget(ledgerKeyOf(this.keys, purchase), 'status');
    const replies = (await pipeline.exec()) ?? [];
    return replies.map(([error, status]) => {
      if (error) throw error;
      return status === 'settled';
    });
  }

  async explainCap(cap: Cap, scope?: BudgetScope): Promise<CapExplanation> {
    const budgets = scope ? budgetsOf(this.keys, scope) : [];
    const reply = await this.scripts.explainCap.run(
      this.redis,
      [
        this.keys.cap(cap.id),
        this.keys.leases(cap.id),
        ...windowKeys(this.keys, cap.id, cap.windows),
        ...budgets.map(({ key }) => key),
      ],
      [
        cap.concurrency,
        budgets.map(({ letter }) => letter).join(''),
        cap.windows.length,
        ...cap.windows.map((window) => windowArgument(window)),
        ...budgets.map(({ limit }) => limit),
      ],
    );
    const explained = JSON.parse(String(reply)) as CapExplanation;
    // Lua has one empty table for lists and objects.
    const listOf = <T>(list: T[]): T[] => (Array.isArray(list) ? list : []);
    return { ...explained, windows: listOf(explained.windows), budgets: listOf(explained.budgets) };
  }

  async close(capId: string, forMs: number, why: string): Promise<boolean> {
    return this.change('close', capId, forMs, why);
  }

  async reopen(capId: string, who: string): Promise<boolean> {
    return this.change('reopen', capId, 0, who);
  }

  private async change(what: string, capId: string, forMs: number, text: string): Promise<boolean> {
    const keys = [this.keys.cap(capId), this.keys.capEvents()];
    return (await this.scripts.changeCap.run(this.redis, keys, [what, capId, forMs, text])) === 1;
  }
}

function budgetsOf(
  keys: CellKeys,
  { tenantId, runId, vendor, simulated, budgets }: BudgetScope,
): { letter: string; key: string; limit: number }[] {
  const all = [
    { letter: 'r', key: keys.run(tenantId, runId), limit: budgets.run },
    { letter: 't', key: keys.tenantBudget(tenantId), limit: budgets.tenantDay },
    { letter: 'v', key: keys.vendorBudget(platformCapId(vendor, simulated)), limit: budgets.vendorDay },
  ];
  return all.flatMap(({ limit, ...budget }) => (limit === null ? [] : [{ ...budget, limit }]));
}
