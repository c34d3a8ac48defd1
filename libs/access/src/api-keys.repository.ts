import { z } from 'zod';
import { SCOPES, scopeSchema, tenantIdSchema, type Caller, type Scope } from '#libs/contracts';
import type { CellKeys, RedisClient } from '#libs/redis';
import { hashSecret, isSecret, newApiKey, parseApiKey } from './api-key';

const storedKeySchema = z.object({
  tenant_id: tenantIdSchema,
  environment: z.string(),
  secret_hash: z.string(),
  scopes: z.string().transform((text) => z.array(scopeSchema).parse(JSON.parse(text))),
});

export interface IssueApiKey {
  tenantId: string;
  environment: string;
  scopes?: readonly Scope[];
}

/** Tenants' keys in Redis: issued once, kept as hashes, looked up by their id. */
export class ApiKeys {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /** Issues a key; its text is in the answer and nowhere else. */
  async issue({
    tenantId,
    environment,
    scopes = SCOPES,
  }: IssueApiKey): Promise<{ id: string; text: string }> {
    const { id, secret, text } = newApiKey(environment);
    await this.redis.hset(this.keys.apiKey(id), {
      tenant_id: tenantId,
      environment,
      secret_hash: hashSecret(secret),
      scopes: JSON.stringify(scopes),
    });
    return { id, text };
  }

  /** Who holds this key; undefined for anything but a valid one. */
  async verify(text: string): Promise<Caller | undefined> {
    const parts = parseApiKey(text);
    if (!parts) return undefined;
    const stored = storedKeySchema.safeParse(await this.redis.hgetall(this.keys.apiKey(parts.id)));
    if (!stored.success || stored.data.environment !== parts.environment) return undefined;
    if (!isSecret(parts.secret, stored.data.secret_hash)) return undefined;
    return { tenantId: stored.data.tenant_id, actor: `key:${parts.id}`, scopes: stored.data.scopes };
  }
}
