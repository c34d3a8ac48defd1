import { join } from 'node:path';
import { appError } from '#libs/contracts';
import { LuaScript, TTL_SECONDS, type CellKeys, type RedisClient } from '#libs/redis';
import { auditRecordSchema, hashEntry, type AuditEntry, type AuditRecord } from './audit-entry.schema';
import { auditOrigin } from './audit-origin';
import { parseStored, type StoredEntry } from './stored-entry';

const script = (name: string): LuaScript => new LuaScript(join(__dirname, 'lua', `${name}.lua`));
const appendEntry = script('append-entry-2');

/** Every refusal means that another process's entry got in: so many in a row are no coincidence. */
const TRIES_MAX = 200;
const PAGE_MAX = 500;
const VERIFY_PAGE = 500;

export interface AuditPage {
  entries: AuditEntry[];
  /** Hand it back as `beforeSeq` for the entries before these; null: there are none. */
  next: number | null;
}

export type AuditVerdict =
  | { intact: true; entries: number; lastSeq: number; lastHash: string }
  /** The first entry that is not as it was written, or from which on something is missing, and why. */
  | { intact: false; brokenSeq: number; reason: string };

/**
 * The cell's audit log: a stream that is only ever appended to, each entry carrying the SHA-256 of the one before, so
 * that a changed, inserted or removed entry shows. Entries are kept for 365 days.
 *
 * One log for the whole cell: what operations do to a cap and what tenants do to their runs stay in one order, and there
 * is one chain to check, not one per tenant that could vanish whole. Whoever can write all of Redis can also rewrite the
 * whole chain: keep `lastHash` of `verify` somewhere else to see that.
 */
export class AuditLog {
  /** Entries of this process wait for each other, so that only other processes' can come between. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /**
   * Appends what was done, with the origin it is done from (`fromOrigin`) among its details; texts are masked and cut to 256 characters. Call it once the deed is done, in the same request:
   * if Redis is gone it throws, and the caller's answer should say so. Throws a `ZodError` on a malformed record.
   */
  record(record: AuditRecord): Promise<AuditEntry> {
    const parsed = auditRecordSchema.parse({ ...record, details: { ...record.details, ...auditOrigin() } });
    const appended = this.last.then(() => this.append(parsed));
    this.last = appended.catch(() => undefined);
    return appended;
  }

  /** Entries, newest first; of one tenant if `tenantId` is given. A page may hold fewer than `limit` and not be the last. */
  async read({
    tenantId,
    beforeSeq,
    limit = 50,
  }: { tenantId?: string; beforeSeq?: number; limit?: number } = {}): Promise<AuditPage> {
    const from = beforeSeq === undefined ? '+' : `${beforeSeq - 1}-0`;
    const count = tenantId === undefined ? Math.min(limit, PAGE_MAX) : PAGE_MAX;
    const stored = (await this.redis.xrevrange(this.keys.audit(), from, '-', 'COUNT', count)).map(
      parseStored,
    );
    const entries: AuditEntry[] = [];
    let lastSeen: number | null = null;
    for (const { seq, entry } of stored) {
      if (entries.length === limit) break;
      lastSeen = seq;
      if (entry && (tenantId === undefined || entry.tenantId === tenantId)) entries.push(entry);
    }
    const more = lastSeen !== null && lastSeen > 1 && (entries.length === limit || stored.length === count);
    return { entries, next: more ? lastSeen : null };
  }

  /** Reads the whole log and checks every link; names the first entry that is broken. */
  async verify(): Promise<AuditVerdict> {
    // What is appended while this reads is not looked at: the end is the one of now.
    const [seq, lastHash = '', droppedHash] = await this.redis.hmget(
      this.keys.auditEnds(),
      'seq',
      'hash',
      'dropped_hash',
    );
    const lastSeq = Number(seq ?? 0);
    let prev = droppedHash ?? '';
    let expected: number | undefined = droppedHash === null || droppedHash === undefined ? 1 : undefined;
    let entries = 0;
    for await (const stored of this.oldestFirst(lastSeq)) {
      const reason = whatIsWrong(stored, expected, prev);
      if (reason !== undefined) return { intact: false, brokenSeq: expected ?? stored.seq, reason };
      prev = stored.hash;
      expected = stored.seq + 1;
      entries += 1;
    }
    if (prev !== (lastHash ?? '')) {
      return { intact: false, brokenSeq: expected ?? lastSeq, reason: 'entries are missing at the end' };
    }
    return { intact: true, entries, lastSeq, lastHash: prev };
  }

  private async append(record: ReturnType<typeof auditRecordSchema.parse>): Promise<AuditEntry> {
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const [end, time] = await Promise.all([
        this.redis.hmget(this.keys.auditEnds(), 'seq', 'hash'),
        this.redis.time(),
      ]);
      const atMs = Number(time[0]) * 1000 + Math.floor(Number(time[1]) / 1000);
      const seq = Number(end[0] ?? 0) + 1;
      const unsigned = { ...record, seq, at: new Date(atMs).toISOString(), prev: end[1] ?? '' };
      const hash = hashEntry(unsigned);
      const appended = await appendEntry.run(
        this.redis,
        [this.keys.audit(), this.keys.auditEnds()],
        [unsigned.prev, seq, hash, atMs, atMs - TTL_SECONDS.audit * 1000, JSON.stringify(unsigned)],
      );
      if (appended === 1) return { ...unsigned, hash };
    }
    throw appError('internal', `the audit log's end changed ${TRIES_MAX} times while one entry was added`);
  }

  private async *oldestFirst(lastSeq: number): AsyncGenerator<StoredEntry> {
    let from = '-';
    for (;;) {
      const page = await this.redis.xrange(this.keys.audit(), from, `${lastSeq}-0`, 'COUNT', VERIFY_PAGE);
      yield* page.map(parseStored);
      const end = page.at(-1);
      if (!end || page.length < VERIFY_PAGE) return;
      from = `(${end[0]}`;
    }
  }
}

function whatIsWrong(
  { seq, hash, entry }: StoredEntry,
  expected: number | undefined,
  prev: string,
): string | undefined {
  if (expected !== undefined && seq !== expected) return `the entry after ${expected - 1} is ${seq}`;
  if (!entry) return 'it cannot be read';
  if (entry.seq !== seq || entry.hash !== hash || hashEntry(entry) !== hash)
    return 'it is not what was written';
  if (entry.prev !== prev) return 'it does not continue the entry before';
  return undefined;
}
