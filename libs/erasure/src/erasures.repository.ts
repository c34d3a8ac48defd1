import { z } from 'zod';
import { appError } from '#libs/contracts';
import { base32 } from '#libs/kernel';
import { randomBytes } from 'node:crypto';
import type { ErasedName, ErasureSubject } from '#libs/domain';
import { TTL_SECONDS, type CellKeys, type RedisClient } from '#libs/redis';
import { erasedNameSchema } from './known-persons';

export const ERASURE_STATES = ['queued', 'sweeping', 'done'] as const;
export type ErasureState = (typeof ERASURE_STATES)[number];

export const erasureIdSchema = z.string().regex(/^era_[a-z2-7]{16}$/);

export interface ErasureRef {
  tenantId: string;
  erasureId: string;
}

const count = z.coerce.number().int().default(0);
const receiptSchema = z.object({
  state: z.enum(ERASURE_STATES),
  kind: z.enum(['email', 'domain']),
  requested_at: z.string(),
  finished_at: z.string().optional(),
  companies: count,
  purchases: count,
  records: count,
  files: count,
  passes: count,
});
const workSchema = z.object({
  kind: z.enum(['email', 'domain']),
  subject: z.string(),
  names: z
    .string()
    .default('[]')
    .transform((text) => z.array(erasedNameSchema).parse(JSON.parse(text))),
  passes: count,
  started_ms: z.coerce.number().optional(),
});

/** What is known of an erasure; whose data it was is not kept. */
export type ErasureReceipt = z.output<typeof receiptSchema>;

/** An erasure to go on with. */
export interface ErasureWork extends ErasureRef {
  subject: ErasureSubject;
  names: ErasedName[];
  passes: number;
  /** When the first pass began, ms. */
  startedMs: number | undefined;
}

export interface SweptCounts {
  companies: number;
  purchases: number;
  records: number;
  files: number;
}

/** Erasures that tenants have asked for: their receipts, and which are to be worked on. */
export class Erasures {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  async request(tenantId: string, subject: ErasureSubject): Promise<string> {
    const erasureId = `era_${base32(randomBytes(10))}`;
    const key = this.keys.erasure(tenantId, erasureId);
    const now = Date.now();
    await this.redis
      .multi()
      .hset(key, {
        state: 'queued',
        kind: subject.kind,
        subject: subject.value,
        requested_at: new Date(now).toISOString(),
      })
      .expire(key, TTL_SECONDS.audit)
      .zadd(this.keys.erasures(), now, `${tenantId}/${erasureId}`)
      .exec();
    return erasureId;
  }

  /** Throws `erasure_not_found`, also for one of another tenant. */
  async receipt({ tenantId, erasureId }: ErasureRef): Promise<ErasureReceipt> {
    const isId = erasureIdSchema.safeParse(erasureId).success;
    const hash = isId ? await this.redis.hgetall(this.keys.erasure(tenantId, erasureId)) : {};
    if (Object.keys(hash).length === 0) {
      throw appError('erasure_not_found', 'this tenant has no erasure of that id');
    }
    return receiptSchema.parse(hash);
  }

  /** Those that are to be worked on by now, the longest due first. */
  async due(nowMs: number): Promise<ErasureRef[]> {
    const members = await this.redis.zrangebyscore(this.keys.erasures(), '-inf', nowMs, 'LIMIT', 0, 10);
    return members.map((member) => {
      const [tenantId = '', erasureId = ''] = member.split('/');
      return { tenantId, erasureId };
    });
  }

  /** `undefined`: it is done, or its receipt is gone; then it is not due any more. */
  async begin(ref: ErasureRef, nowMs: number): Promise<ErasureWork | undefined> {
    const key = this.keys.erasure(ref.tenantId, ref.erasureId);
    const hash = await this.redis.hgetall(key);
    if (hash.subject === undefined) {
      await this.redis.zrem(this.keys.erasures(), memberOf(ref));
      return undefined;
    }
    const { kind, subject, names, passes, started_ms: startedMs } = workSchema.parse(hash);
    if (startedMs === undefined) await this.redis.hset(key, { state: 'sweeping', started_ms: nowMs });
    return { ...ref, subject: { kind, value: subject }, names, passes, startedMs };
  }

  /** Kept until it is done: they are learned from what is erased first. */
  async keepNames(ref: ErasureRef, names: readonly ErasedName[]): Promise<void> {
    await this.redis.hset(this.keys.erasure(ref.tenantId, ref.erasureId), 'names', JSON.stringify(names));
  }

  /** Adds what a pass has changed so far. */
  async count(ref: ErasureRef, changed: Partial<SweptCounts>): Promise<void> {
    const multi = this.redis.multi();
    for (const [what, added] of Object.entries(changed)) {
      multi.hincrby(this.keys.erasure(ref.tenantId, ref.erasureId), what, added);
    }
    await multi.exec();
  }

  /** A pass has ended and was not the last: the next is due then. */
  async comeBack(ref: ErasureRef, nextMs: number): Promise<void> {
    await this.redis
      .multi()
      .hincrby(this.keys.erasure(ref.tenantId, ref.erasureId), 'passes', 1)
      .zadd(this.keys.erasures(), nextMs, memberOf(ref))
      .exec();
  }

  /** From here on nobody knows whose data it was. */
  async finish(ref: ErasureRef): Promise<void> {
    const key = this.keys.erasure(ref.tenantId, ref.erasureId);
    await this.redis
      .multi()
      .hincrby(key, 'passes', 1)
      .hset(key, { state: 'done', finished_at: new Date().toISOString() })
      .hdel(key, 'subject', 'names', 'started_ms')
      .zrem(this.keys.erasures(), memberOf(ref))
      .exec();
  }
}

function memberOf({ tenantId, erasureId }: ErasureRef): string {
  return `${tenantId}/${erasureId}`;
}
