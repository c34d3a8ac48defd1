import { z } from 'zod';
import { shortHash } from '#libs/kernel';
import { TTL_SECONDS, type CellKeys, type RedisClient } from '#libs/redis';
import type {
  BudgetScope,
  CapExplanation,
  Doubt,
  DoubtName,
  DoubtVerdict,
  GateOperations,
  PurchaseName,
  RepairedCall,
} from './gate-operations.port';
import type { Cap } from './gate.port';
import { GATE_SCRIPTS, type GateScripts } from './gate-scripts';
import { isSimulatedCap, platformCapId } from './platform-cap';
import { ledgerKeyOf } from './purchase';
import { windowArgument, windowKeys } from './window-arguments';

const DOUBT_ID_LENGTH = 26;
/** What a ledger entry keeps of a grant of unknown outcome, see lua/includes/reservation.lua. */
const DOUBTED_GRANT = /^d\d+$/;
const heldSchema = z.object({ vendor: z.string(), max: z.number() });

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

  async countDoubts(): Promise<number> {
    return Number(await this.scripts.countDoubts.run(this.redis, [this.keys.doubtLists()], []));
  }

  async doubts(tenantId: string): Promise<Doubt[]> {
    const names = await this.doubtNames(tenantId);
    const doubts = await Promise.all(names.map((name) => this.doubt(tenantId, name)));
    return doubts.filter((doubt) => doubt !== undefined);
  }

  async doubtNames(tenantId: string): Promise<DoubtName[]> {
    const listed = await this.redis.zrange(this.keys.doubts(tenantId), '0', '-1', 'WITHSCORES');
    const names: DoubtName[] = [];
    for (let i = 0; i < listed.length; i += 2) {
      const ledgerKey = listed[i] ?? '';
      const since = Number(listed[i + 1]);
      names.push({ doubtId: `dbt_${shortHash(`${ledgerKey} ${since}`, DOUBT_ID_LENGTH)}`, ledgerKey, since });
    }
    return names;
  }

  async doubt(tenantId: string, name: DoubtName): Promise<Doubt | undefined> {
    const entry = await this.redis.hgetall(name.ledgerKey);
    const held = Object.entries(entry)
      .filter(([field]) => DOUBTED_GRANT.test(field))
      .map(([, text]) => heldSchema.parse(JSON.parse(text.slice(text.indexOf('|') + 1))));
    const [first] = held;
    if (!first) return undefined;
    const { vendor: seller, op } = this.keys.ledgerParts(tenantId, name.ledgerKey);
    return {
      ...name,
      callId: entry.call_id ?? '',
      vendor: first.vendor,
      simulated: isSimulatedCap(seller),
      op,
      maxCostMicro: held.reduce((sum, { max }) => sum + max, 0),
    };
  }

  async resolveDoubt(
    tenantId: string,
    which: string,
    verdict: DoubtVerdict,
  ): Promise<{ refundedMicro: number; verdict: DoubtVerdict; resolvedBefore: boolean } | null> {
    const name = await this.nameOf(tenantId, which);
    if (!name) return this.resolvedBefore(this.keys.resolvedDoubt(tenantId, which));
    const reply = await this.scripts.resolveDoubt.run(
      this.redis,
      [name.ledgerKey, this.keys.resolvedDoubt(tenantId, name.doubtId)],
      [verdict, TTL_SECONDS.resolvedDoubt],
    );
    const [resolved, refundedMicro, before] = reply as [DoubtVerdict, number, number];
    return { refundedMicro, verdict: resolved, resolvedBefore: before === 1 };
  }

  async areAnswered(purchases: readonly PurchaseName[]): Promise<boolean[]> {
    return (await this.statuses(purchases)).map((status) => status === 'settled');
  }

  async areInDoubt(purchases: readonly PurchaseName[]): Promise<boolean[]> {
    return (await this.statuses(purchases)).map((status) => status === 'doubt' || status === 'bought');
  }

  private async statuses(purchases: readonly PurchaseName[]): Promise<unknown[]> {
    if (purchases.length === 0) return [];
    const pipeline = this.redis.pipeline();
    for (const purchase of purchases) pipeline.hget(ledgerKeyOf(this.keys, purchase), 'status');
    const replies = (await pipeline.exec()) ?? [];
    return replies.map(([error, status]) => {
      if (error) throw error;
      return status;
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

  private async resolvedBefore(
    key: string,
  ): Promise<{ refundedMicro: number; verdict: DoubtVerdict; resolvedBefore: true } | null> {
    const [verdict, refunded] = await this.redis.hmget(key, 'verdict', 'refunded');
    if (verdict === null || verdict === undefined) return null;
    return { verdict: verdict as DoubtVerdict, refundedMicro: Number(refunded), resolvedBefore: true };
  }

  private async nameOf(tenantId: string, which: string): Promise<DoubtName | undefined> {
    const names = await this.doubtNames(tenantId);
    const named = names.find(({ doubtId, ledgerKey }) => which === doubtId || which === ledgerKey);
    if (named) return named;
    const callIds = await Promise.all(names.map(({ ledgerKey }) => this.redis.hget(ledgerKey, 'call_id')));
    return names[callIds.indexOf(which)];
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
