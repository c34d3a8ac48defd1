import { z } from 'zod';
import { icpSchema, tenantProfileSchema, type Icp, type TenantProfile } from '#libs/contracts';
import type { CellKeys, RedisClient } from '#libs/redis';
import { changedMeanwhile, type ExpectedVersion, type StoredVersion } from './stored-version';
import { tenancyScripts } from './tenancy-scripts';

/** What a tenant can store, by kind; null takes it back. */
const DOCUMENTS = {
  icp: icpSchema.nullable(),
  profile: tenantProfileSchema.nullable(),
} as const;

interface Documents {
  icp: Icp;
  profile: TenantProfile;
}

const storedSchema = z.object({ version: z.coerce.number().int(), json: z.string(), updated_at: z.string() });

export interface StoredDocument<Value> extends StoredVersion {
  /** Null: nothing is stored, or it was taken back. */
  value: Value | null;
}

/** What tenants have stored about themselves and whom they look for. */
export class TenantDocuments {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  async read<Kind extends keyof Documents>(
    tenantId: string,
    kind: Kind,
  ): Promise<StoredDocument<Documents[Kind]>> {
    const hash = await this.redis.hgetall(this.keys.tenantDocument(tenantId, kind));
    if (Object.keys(hash).length === 0) return { value: null, version: 0, updatedAt: null };
    const { json, version, updated_at: updatedAt } = storedSchema.parse(hash);
    const value = DOCUMENTS[kind].parse(JSON.parse(json)) as Documents[Kind] | null;
    return { value, version, updatedAt };
  }

  /** Answers what is stored now. Throws `precondition_failed` if another version than the expected one is there. */
  async write<Kind extends keyof Documents>(
    tenantId: string,
    kind: Kind,
    value: Documents[Kind] | null,
    expected: ExpectedVersion = 'any',
  ): Promise<StoredDocument<Documents[Kind]>> {
    const updatedAt = new Date().toISOString();
    const version = await tenancyScripts.putDocument.run(
      this.redis,
      [this.keys.tenantDocument(tenantId, kind)],
      [expected === 'any' ? '' : expected, JSON.stringify(value), updatedAt],
    );
    if (version === -1) throw changedMeanwhile();
    return { value, version: Number(version), updatedAt };
  }
}
