import { z } from 'zod';
import { errorCode } from '#libs/kernel';
import type { CellKeys, RedisClient } from '#libs/redis';
import type { Sealer } from '#libs/sealing';
import { tenancyScripts } from './tenancy-scripts';

const storedSchema = z.object({ sealed: z.string(), set_at: z.string() });

/** A tenant's own access to a vendor. */
export interface OwnCredential {
  /** Whose cap its calls count in. */
  tenantId: string;
  /** Null: it is stored and cannot be decrypted with the keys of this process. */
  apiKey: string | null;
}

/** By vendor id. */
export type OwnCredentials = ReadonlyMap<string, OwnCredential>;
export const NO_CREDENTIALS: OwnCredentials = new Map();

/** Tenants' own keys for vendors: encrypted, each bound to its tenant and vendor. Written by anybody, read by those who call vendors. */
export class VendorCredentials {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    private readonly sealer: Pick<Sealer, 'seal' | 'open' | 'isStale'>,
  ) {}

  /** Answers when it was set. Throws `sealing_not_configured`. */
  async set(tenantId: string, vendor: string, apiKey: string): Promise<string> {
    const setAt = new Date().toISOString();
    const sealed = this.sealer.seal(apiKey, placeOf(tenantId, vendor));
    await this.redis.hset(this.key(tenantId), vendor, JSON.stringify({ sealed, set_at: setAt }));
    return setAt;
  }

  /** Whether there was one. */
  async remove(tenantId: string, vendor: string): Promise<boolean> {
    return (await this.redis.hdel(this.key(tenantId), vendor)) > 0;
  }

  /** Vendor → when its key was set: all that anybody is told. */
  async list(tenantId: string): Promise<ReadonlyMap<string, string>> {
    const hash = await this.redis.hgetall(this.key(tenantId));
    return new Map(
      Object.entries(hash).map(([vendor, text]) => [vendor, storedSchema.parse(JSON.parse(text)).set_at]),
    );
  }

  /** All keys of a tenant, for those who call vendors. One that was sealed by an older key is sealed anew on the way. */
  async open(tenantId: string): Promise<OwnCredentials> {
    const hash = await this.redis.hgetall(this.key(tenantId));
    const opened = new Map<string, OwnCredential>();
    for (const [vendor, text] of Object.entries(hash)) {
      const { sealed, set_at: setAt } = storedSchema.parse(JSON.parse(text));
      const apiKey = this.read(sealed, placeOf(tenantId, vendor));
      opened.set(vendor, { tenantId, apiKey });
      if (apiKey === null || !this.sealer.isStale(sealed)) continue;
      const anew = this.sealer.seal(apiKey, placeOf(tenantId, vendor));
      await this.replace(tenantId, vendor, text, JSON.stringify({ sealed: anew, set_at: setAt }));
    }
    return opened;
  }

  private read(sealed: string, place: readonly string[]): string | null {
    try {
      return this.sealer.open(sealed, place);
    } catch (error) {
      if (errorCode(error) === 'sealed_unreadable') return null;
      throw error;
    }
  }

  /** Unless the tenant has set another meanwhile. */
  private async replace(tenantId: string, vendor: string, old: string, anew: string): Promise<void> {
    await tenancyScripts.replaceCredential.run(this.redis, [this.key(tenantId)], [vendor, old, anew]);
  }

  private key(tenantId: string): string {
    return this.keys.vendorCredentials(tenantId);
  }
}

function placeOf(tenantId: string, vendor: string): readonly string[] {
  return ['vendor-credential', tenantId, vendor];
}
