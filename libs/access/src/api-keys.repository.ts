import { z } from 'zod';
import { appError, SCOPES, type Caller, type Scope } from '#libs/contracts';
import { TTL_SECONDS, type CellKeys, type RedisClient } from '#libs/redis';
import { accessScripts } from './access-scripts';
import { hashSecret, isKeyId, isStoredHash, newApiKey, parseApiKey } from './api-key';
import { scopesOf } from './stored-scopes';

export interface IssueApiKey {
  tenantId: string;
  /** Stands in the key's text: `lg_<environment>_…`. */
  environment: string;
  /** Default: all. */
  scopes?: readonly Scope[];
  /** From now on; default: it does not expire. */
  lifetimeMs?: number;
}

export interface RotateApiKey {
  tenantId: string;
  id: string;
  environment: string;
  /** How long the old key stays good beside the new one; never longer than it would have. */
  overlapMs: number;
  /** Default: as long as the old one's was. */
  lifetimeMs?: number;
}

/** A key as its holder gets it, once. */
export interface IssuedApiKey {
  id: string;
  text: string;
}

/** What may be told of a key: all but its secret. Times are ISO 8601. */
export interface ListedApiKey {
  id: string;
  environment: string;
  scopes: readonly Scope[];
  state: 'active' | 'expired' | 'revoked';
  createdAt: string | null;
  /** When it ends or ended by itself or by a rotation; null: never. */
  expiresAt: string | null;
  revokedAt: string | null;
  /** Known to the minute. */
  lastUsedAt: string | null;
}

const timeSchema = z
  .string()
  .optional()
  .transform((ms) => (ms === undefined ? null : new Date(Number(ms)).toISOString()));
const storedSchema = z.object({
  environment: z.string(),
  scopes: z.string().transform(scopesOf),
  created_at: timeSchema,
  ends_at: timeSchema,
  revoked_at: timeSchema,
  last_used_at: timeSchema,
});

/** A record outlives its key, so that a list can still say what became of it. */
const KEPT_MS = TTL_SECONDS.endedApiKey * 1_000;

/**
 * Tenants' keys in Redis: issued once, kept as hashes, found by their id. Who may come in is `RequestAdmission`'s to say; it
 * asks Redis every time and keeps nothing, so that a revocation is felt by the next request.
 */
export class ApiKeys {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /** Issues a key; its text is in the answer and nowhere else. */
  async issue({ tenantId, environment, scopes = SCOPES, lifetimeMs }: IssueApiKey): Promise<IssuedApiKey> {
    const { id, secret, text } = newApiKey(environment);
    const fields = {
      tenant_id: tenantId,
      environment,
      secret_hash: hashSecret(secret),
      scopes: JSON.stringify(scopes),
    };
    await accessScripts.storeApiKey.run(
      this.redis,
      [this.keys.apiKey(id), this.keys.tenantApiKeys(tenantId)],
      [id, lifetimeMs ?? '', KEPT_MS, ...Object.entries(fields).flat()],
    );
    return { id, text };
  }

  /**
   * Who holds this key now; undefined for anything but a valid one. Counts nothing and marks nothing as used: for whoever
   * was let in before and looks whether that still stands.
   */
  async verify(text: string): Promise<Caller | undefined> {
    const parts = parseApiKey(text);
    if (!parts) return undefined;
    const [time, stored] = await Promise.all([
      this.redis.time(),
      this.redis.hgetall(this.keys.apiKey(parts.id)),
    ]);
    const { tenant_id: tenantId, environment, secret_hash: hash, scopes, ends_at: endsAt } = stored;
    if (tenantId === undefined || hash === undefined || scopes === undefined) return undefined;
    if (environment !== parts.environment || !isStoredHash(hashSecret(parts.secret), hash)) return undefined;
    if (endsAt !== undefined && Number(endsAt) <= inMs(time)) return undefined;
    return { tenantId, actor: `key:${parts.id}`, scopes: scopesOf(scopes) };
  }

  /**
   * Issues the next key in place of one that is good, with the same scopes; both are good until `oldEndsAt`. Throws
   * `key_not_found`, also for a key that has ended.
   */
  async rotate(options: RotateApiKey): Promise<IssuedApiKey & { oldEndsAt: string }> {
    const { tenantId, id: oldId, environment, overlapMs, lifetimeMs } = options;
    const { id, secret, text } = newApiKey(environment);
    const [code, endsAt] = (await accessScripts.rotateApiKey.run(
      this.redis,
      [this.keys.apiKey(requireKeyId(oldId)), this.keys.apiKey(id), this.keys.tenantApiKeys(tenantId)],
      [tenantId, id, environment, hashSecret(secret), overlapMs, lifetimeMs ?? '', KEPT_MS],
    )) as [number, number?];
    if (code !== 1 || endsAt === undefined) throw keyNotFound(oldId, code === 0);
    return { id, text, oldEndsAt: new Date(endsAt).toISOString() };
  }

  /** Ends a key at once; false if it had ended before. Throws `key_not_found`. */
  async revoke(tenantId: string, id: string): Promise<boolean> {
    const code = await accessScripts.revokeApiKey.run(
      this.redis,
      [this.keys.apiKey(requireKeyId(id))],
      [tenantId, KEPT_MS],
    );
    if (code === -1) throw keyNotFound(id);
    return code === 1;
  }

  /** A tenant's keys, newest first; those that ended stay in the list for 90 days. */
  async list(tenantId: string): Promise<ListedApiKey[]> {
    const index = this.keys.tenantApiKeys(tenantId);
    const ids = await this.redis.zrevrange(index, 0, -1);
    const [time, ...records] = await Promise.all([
      this.redis.time(),
      ...ids.map((id) => this.redis.hgetall(this.keys.apiKey(id))),
    ]);
    const now = new Date(inMs(time)).toISOString();
    const gone = ids.filter((_id, i) => Object.keys(records[i] ?? {}).length === 0);
    if (gone.length > 0) await this.redis.zrem(index, ...gone);
    return ids.flatMap((id, i) =>
      gone.includes(id) ? [] : [listed(id, storedSchema.parse(records[i]), now)],
    );
  }
}

function listed(id: string, stored: z.output<typeof storedSchema>, now: string): ListedApiKey {
  const { environment, scopes, created_at: createdAt, ends_at: endsAt, revoked_at: revokedAt } = stored;
  const ended = endsAt !== null && endsAt <= now;
  return {
    id,
    environment,
    scopes,
    state: revokedAt !== null ? 'revoked' : ended ? 'expired' : 'active',
    createdAt,
    expiresAt: revokedAt === null ? endsAt : null,
    revokedAt,
    lastUsedAt: stored.last_used_at,
  };
}

/** Redis's answer to TIME. */
function inMs([seconds, micros]: readonly (number | string)[]): number {
  return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
}

/** What is no id is no key of anybody's. */
function requireKeyId(id: string): string {
  if (!isKeyId(id)) throw keyNotFound(id);
  return id;
}

function keyNotFound(id: string, ended = false): Error {
  return appError(
    'key_not_found',
    ended
      ? `key ${id} has ended: create a new one`
      : `the tenant has no key ${id}: leadgen keys list shows its keys`,
  );
}
