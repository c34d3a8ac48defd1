import { z } from 'zod';
import { webhookSecretPlace } from '#libs/contracts';
import type { CellKeys, RedisClient } from '#libs/redis';
import type { Sealer } from '#libs/sealing';
import { tenancyScripts } from './tenancy-scripts';

const storedSchema = z.object({ url: z.string(), sealed: z.string(), set_at: z.string() });

/** A tenant's default webhook as it is stored. */
export interface TenantWebhook {
  url: string;
  /** Secret that signs, sealed. */
  sealed: string;
  setAt: string;
}

/**
 * Whom to tell of the ends of a tenant's runs that name nobody. It is looked up when there is something to tell: a change holds
 * for runs that go on, and for what is yet to be delivered.
 */
export class TenantWebhooks {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    private readonly sealer: Pick<Sealer, 'seal' | 'open' | 'isStale'>,
  ) {}

  /** Replaces what was there. Throws `sealing_not_configured`. */
  async set(tenantId: string, { url, secret }: { url: string; secret: string }): Promise<TenantWebhook> {
    const setAt = new Date().toISOString();
    const sealed = this.sealer.seal(secret, webhookSecretPlace(tenantId));
    await this.redis.hset(this.keys.tenantWebhook(tenantId), { url, sealed, set_at: setAt });
    return { url, sealed, setAt };
  }

  async find(tenantId: string): Promise<TenantWebhook | undefined> {
    const hash = await this.redis.hgetall(this.keys.tenantWebhook(tenantId));
    if (Object.keys(hash).length === 0) return undefined;
    const { url, sealed, set_at: setAt } = storedSchema.parse(hash);
    return { url, sealed, setAt };
  }

  /**
   * The secret of what `find` found; one that was sealed by an older key is sealed anew on the way. Throws
   * `sealed_unreadable`.
   */
  async secretOf(tenantId: string, { sealed }: TenantWebhook): Promise<string> {
    const place = webhookSecretPlace(tenantId);
    const secret = this.sealer.open(sealed, place);
    if (this.sealer.isStale(sealed)) {
      const anew = this.sealer.seal(secret, place);
      const key = this.keys.tenantWebhook(tenantId);
      await tenancyScripts.replaceCredential.run(this.redis, [key], ['sealed', sealed, anew]);
    }
    return secret;
  }

  /** Whether there was one. */
  async remove(tenantId: string): Promise<boolean> {
    return (await this.redis.del(this.keys.tenantWebhook(tenantId))) > 0;
  }
}
