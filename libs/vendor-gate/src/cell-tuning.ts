import type { CellKeys, RedisClient } from '#libs/redis';
import type { CapWindow } from './gate.port';

/** What operators have set, as it stands in Redis. */
export interface Tuning {
  /** By cap and window. */
  limits: readonly { capId: string; window: string; limit: number }[];
  weights: readonly { tenantId: string; weight: number }[];
}

/** The part of a cap that can be tuned. */
interface TunableCap {
  id: string;
  windows: readonly Pick<CapWindow, 'name' | 'limit'>[];
}

/** How old what a process knows of the tuning may be. */
const LOOK_MS = 1_000;
const FIELD = /^(limit|weight):(.+)$/;

/**
 * Limits of caps' windows and weights of tenants that operators change while the cell runs. They go before what files and
 * descriptors say, survive every restart, and are known to a process that watches them within about a second. A call is judged
 * by what its process knows; a limit that is lowered below what is used lets nobody through until enough of it is free again.
 */
export class CellTuning {
  private limits = new Map<string, number>();
  private weights = new Map<string, number>();

  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /** Brings what this process knows up to date. */
  async refresh(): Promise<void> {
    const { limits, weights } = await this.read();
    this.limits = new Map(limits.map(({ capId, window, limit }) => [`${capId}:${window}`, limit]));
    this.weights = new Map(weights.map(({ tenantId, weight }) => [tenantId, weight]));
  }

  /** Refreshes again and again. `onError`: it could not; what was known stands. Answers how to end that. */
  watch(onError: (error: unknown) => void): () => Promise<void> {
    let looking: Promise<void> | undefined;
    const timer = setInterval(() => {
      looking ??= this.refresh()
        .catch(onError)
        .finally(() => (looking = undefined));
    }, LOOK_MS);
    return async () => {
      clearInterval(timer);
      await looking;
    };
  }

  /** The cap with the limits that are set for it; the very same where there are none. */
  tune<C extends TunableCap>(cap: C): C {
    if (this.limits.size === 0) return cap;
    const windows = cap.windows.map((window) => {
      const limit = this.limits.get(`${cap.id}:${window.name}`);
      return limit === undefined ? window : { ...window, limit };
    });
    return { ...cap, windows };
  }

  /** Undefined: it is not set. */
  weight(tenantId: string): number | undefined {
    return this.weights.get(tenantId);
  }

  /** Null takes it back. Answers what was set before. */
  setLimit(capId: string, window: string, limit: number | null): Promise<number | null> {
    return this.set(`limit:${capId}:${window}`, limit);
  }

  /** Null takes it back. Answers what was set before. */
  setWeight(tenantId: string, weight: number | null): Promise<number | null> {
    return this.set(`weight:${tenantId}`, weight);
  }

  async read(): Promise<Tuning> {
    const limits: { capId: string; window: string; limit: number }[] = [];
    const weights: { tenantId: string; weight: number }[] = [];
    for (const [field, value] of Object.entries(await this.redis.hgetall(this.keys.tuning()))) {
      const [, what, name = ''] = FIELD.exec(field) ?? [];
      const [capId = '', window = ''] = name.split(':');
      if (what === 'limit') limits.push({ capId, window, limit: Number(value) });
      if (what === 'weight') weights.push({ tenantId: name, weight: Number(value) });
    }
    return { limits, weights };
  }

  private async set(field: string, value: number | null): Promise<number | null> {
    const key = this.keys.tuning();
    const change = this.redis.multi().hget(key, field);
    const replies = await (value === null ? change.hdel(key, field) : change.hset(key, field, value)).exec();
    await this.refresh();
    const [error, before] = replies?.[0] ?? [];
    if (error) throw error;
    return before === null || before === undefined ? null : Number(before);
  }
}

/** For whoever has no operators: nothing is tuned. */
export const UNTUNED: Pick<CellTuning, 'tune' | 'weight'> = {
  tune: (cap) => cap,
  weight: () => undefined,
};
