import { soughtOf, type Sought } from './known-persons';
import type { ErasureRef, Erasures, ErasureWork, SweptCounts } from './erasures.repository';
import type { FileSweep } from './files/file-sweep';
import type { RedisSweep } from './redis/redis-sweep';

/** After so long no call is under way any more that was asked for before, and no walk remembers what it read. */
const SETTLED_MS = 150_000;
const NEXT_PASS_MS = 30_000;
const PASSES_AT_ONCE = 5;

/** Whether anything of a tenant is being worked on, which could write what it has read before. */
export interface TenantActivity {
  isAtWork(tenantId: string): Promise<boolean>;
}

/**
 * Takes a person, or a company with everybody there, out of all that is kept of a tenant. A pass may be repeated any number of times: it
 * ends an erasure when it found nothing more, and nobody can be at work on what was read before.
 */
export class Eraser {
  constructor(
    private readonly erasures: Erasures,
    private readonly records: Pick<RedisSweep, 'learn' | 'sweep'>,
    private readonly files: Pick<FileSweep, 'sweep'>,
    private readonly activity: TenantActivity,
    private readonly nowMs: () => number = Date.now,
  ) {}

  /** One pass; answers whether the erasure is done. */
  async work(ref: ErasureRef, signal: AbortSignal): Promise<boolean> {
    const work = await this.erasures.begin(ref, this.nowMs());
    if (!work) return true;
    const sought = soughtOf(work.subject, work.names);
    // Before anything is changed: who is at work now may still write what it knows.
    const isAtWork = await this.activity.isAtWork(ref.tenantId);
    const found = await this.pass(work, sought, signal);
    const isClean = Object.values(found).every((count: number) => count === 0);
    const since = this.nowMs() - (work.startedMs ?? this.nowMs());
    if (isClean && (!isAtWork || since > SETTLED_MS)) {
      await this.erasures.finish(ref);
      return true;
    }
    // What one pass found, the next makes sure of: at once, unless somebody is still at work.
    const waits = isAtWork || work.passes >= PASSES_AT_ONCE;
    await this.erasures.comeBack(ref, this.nowMs() + (waits ? NEXT_PASS_MS : 0));
    return false;
  }

  private async pass(work: ErasureWork, sought: Sought, signal: AbortSignal): Promise<SweptCounts> {
    const { tenantId } = work;
    const known = sought.names.length;
    await this.records.learn(tenantId, sought);
    if (sought.names.length > known) await this.erasures.keepNames(work, sought.names);
    const records = await this.records.sweep(tenantId, sought, signal);
    await this.erasures.count(work, records);
    const files = await this.files.sweep(tenantId, sought, signal);
    await this.erasures.count(work, { files });
    return { ...records, files };
  }
}
