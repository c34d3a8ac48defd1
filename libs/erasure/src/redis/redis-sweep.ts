import type { CellKeys, RedisClient } from '#libs/redis';
import type { CompanyRepository, RunRef } from '#libs/run-state';
import { learnNames, type Sought } from '../known-persons';
import { changeHash } from './changed-hash';
import { eraseCompany, isErasedCompany, namesInCompany } from './erase-company';
import { eraseKey } from './erase-key';
import { erasePurchase, namesInPurchase } from './erase-purchase';
import { scannedKeys } from './scanned-keys';

/** What a pass changed, by kind. */
export interface SweptRecords {
  companies: number;
  purchases: number;
  /** Runs, events, what is stored about the tenant, jobs. */
  records: number;
}

/** Ids, counters and hashes of names: nobody is named there. */
const IDS_ONLY = new Set(
  'companies1 ranks1 newranks1 handedover1 runs1 thread1 fence1 parked1 held1 doubts1 budget1 usage1 datasets1 apikeys1'.split(
    ' ',
  ),
)
  .add('active-runs1')
  .add('schedules1');
/** BullMQ's lists hold ids; errors are told in jobs and in its events. */
const JOB_TYPES = ['hash', 'stream'] as const;

/** Goes through everything that Redis holds of a tenant, and through the jobs of the cell. */
export class RedisSweep {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    private readonly companies: Pick<CompanyRepository, 'finish'>,
  ) {}

  /** Learns the names of the persons whose address it is, before anything that tells them is gone. */
  async learn(tenantId: string, sought: Sought): Promise<void> {
    for await (const keys of scannedKeys(this.redis, this.keys.ofTenant(tenantId))) {
      for (const key of keys) {
        const { kind, rest } = this.keys.partsOfTenantKey(tenantId, key);
        if (kind === 'company1') learnNames(sought, namesInCompany(await this.redis.hgetall(key), sought));
        else if (kind === 'ledger1') {
          learnNames(sought, namesInPurchase(await this.redis.hgetall(key), opOf(rest), sought));
        }
      }
    }
  }

  async sweep(tenantId: string, sought: Sought, signal: AbortSignal): Promise<SweptRecords> {
    const swept: SweptRecords = { companies: 0, purchases: 0, records: 0 };
    for await (const keys of scannedKeys(this.redis, this.keys.ofTenant(tenantId))) {
      for (const key of keys) {
        signal.throwIfAborted();
        const kind = await this.eraseTenantKey(tenantId, key, sought);
        if (kind !== null) swept[kind] += 1;
      }
    }
    for await (const keys of scannedKeys(this.redis, this.keys.ofJobs())) {
      for (const key of keys) {
        signal.throwIfAborted();
        if (await eraseKey(this.redis, key, { ...sought, company: null }, JOB_TYPES)) swept.records += 1;
      }
    }
    return swept;
  }

  private async eraseTenantKey(
    tenantId: string,
    key: string,
    sought: Sought,
  ): Promise<keyof SweptRecords | null> {
    const { kind, rest } = this.keys.partsOfTenantKey(tenantId, key);
    switch (kind) {
      // Hashes that stay, and the receipt of this very erasure.
      case 'suppressed1':
      case 'erasure1':
        return null;
      default:
        break;
      case 'company1': {
        const [runId = '', companyId = ''] = rest.split(':');
        return (await this.eraseCompanyKey({ tenantId, runId }, companyId, key, sought)) ? 'companies' : null;
      }
      case 'ledger1': {
        const change = await changeHash(this.redis, key, (hash) => erasePurchase(hash, opOf(rest), sought));
        return change ? 'purchases' : null;
      }
    }
    if (IDS_ONLY.has(kind)) return null;
    if (sought.finder.isIn(rest)) return (await this.redis.unlink(key)) > 0 ? 'records' : null;
    return (await eraseKey(this.redis, key, sought)) ? 'records' : null;
  }

  private async eraseCompanyKey(
    run: RunRef,
    companyId: string,
    key: string,
    sought: Sought,
  ): Promise<boolean> {
    const hash = await this.redis.hgetall(key);
    if (hash.state === 'pending' && isErasedCompany(hash, sought)) {
      // Counted as ended, once, so that its run can end without it.
      const ended = { state: 'suppressed', score: null, failure: null, walkMs: 0 } as const;
      await this.companies.finish(run, companyId, ended);
    }
    return changeHash(this.redis, key, (now) => eraseCompany(now, sought));
  }
}

/** A purchase's key ends in vendor, operation and hash of its input. */
function opOf(rest: string): string {
  return rest.split(':').at(-2) ?? '';
}
