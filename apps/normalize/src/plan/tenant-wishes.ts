import { Inject, Injectable } from '@nestjs/common';
import { OBJECT_STORAGE, REDIS } from '#libs/cell';
import { appError, type Icp } from '#libs/contracts';
import { compileIcp } from '#libs/domain';
import { AppError } from '#libs/kernel';
import { objectKeys, type ObjectStorage } from '#libs/object-storage';
import { CellKeys, type RedisClient } from '#libs/redis';
import type { RunRef } from '#libs/run-state';
import { Sealer } from '#libs/sealing';
import { ExclusionLists, TenantDocuments, VendorCredentials } from '#libs/tenancy';
import { exclusionLines } from '../shortlist/exclusions-file';

/** What a tenant has stored for its runs, as a run takes it over when it is planned. */
@Injectable()
export class TenantWishes {
  private readonly documents: TenantDocuments;
  private readonly exclusions: ExclusionLists;
  private readonly credentials: VendorCredentials;

  constructor(
    @Inject(REDIS) redis: RedisClient,
    keys: CellKeys,
    @Inject(OBJECT_STORAGE) private readonly storage: ObjectStorage,
  ) {
    this.documents = new TenantDocuments(redis, keys);
    this.exclusions = new ExclusionLists(redis, keys);
    // Only asked which there are: nothing is decrypted here.
    this.credentials = new VendorCredentials(redis, keys, new Sealer([]));
  }

  /**
   * The stored ICP with the request's members in place of its own; `undefined` if there is neither.
   * Throws `invalid_icp` if they contradict each other.
   */
  async icp(tenantId: string, asked: Icp | undefined): Promise<Icp | undefined> {
    const { value: stored } = await this.documents.read(tenantId, 'icp');
    if (stored === null) return asked;
    const icp = { ...stored, ...asked };
    try {
      compileIcp(icp);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw appError('invalid_icp', `the stored profile with what was asked for: ${error.message}`, {
        cause: error,
      });
    }
    return icp;
  }

  /** Vendors for which the tenant has a key of its own. */
  async ownVendors(tenantId: string): Promise<ReadonlySet<string>> {
    return new Set((await this.credentials.list(tenantId)).keys());
  }

  /** Writes the exclusion list into a file of the run; answers how many entries it has. */
  async pinExclusions(run: RunRef): Promise<number> {
    const { count } = await this.exclusions.standing(run.tenantId);
    if (count === 0) return 0;
    const key = objectKeys.runFile(run.tenantId, run.runId, 'exclusions.jsonl');
    await this.storage.write(key, exclusionLines(this.exclusions.all(run.tenantId)));
    return count;
  }
}
