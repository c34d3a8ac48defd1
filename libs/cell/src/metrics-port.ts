import { setTimeout as delay } from 'node:timers/promises';
import type { Settings } from '#libs/config';
import { toError } from '#libs/kernel';
import { startMetricsServer, type Metrics, type MetricsServer } from '#libs/observability';
import type { RedisClient } from '#libs/redis';

const ANSWER_MS = 1_000;

type Pinged = Pick<RedisClient, 'ping'>;

/**
 * The metrics port of this process. It is open before the process works, so that an address that cannot be had costs no job,
 * and to its end, so that the last figures are seen.
 */
export class MetricsPort {
  private redis: Pinged | undefined;
  private isLeaving = false;
  private server: MetricsServer | undefined;

  private constructor(metrics: Metrics) {
    const up = metrics.gauge('leadgen_redis_up', {});
    metrics.beforeScrape(async () => up.set((await this.whyNotReady()) === undefined ? 1 : 0));
  }

  /** Without a port in the settings nothing listens. Throws `config_invalid` for an address that cannot be had. */
  static async open({ metrics: { host, port } }: Settings, metrics: Metrics): Promise<MetricsPort> {
    const opened = new MetricsPort(metrics);
    if (port === undefined) return opened;
    opened.server = await startMetricsServer({
      host,
      port,
      metrics: () => metrics.text(),
      notReady: async () => {
        const why = opened.isLeaving ? 'the process is stopping' : await opened.whyNotReady();
        return why === undefined ? [] : [why];
      },
    });
    return opened;
  }

  get url(): string | undefined {
    return this.server?.url;
  }

  /** From now on the process is ready as long as this Redis answers. */
  ready(redis: Pinged): void {
    this.redis = redis;
  }

  /** From now on it is not. */
  leave(): void {
    this.isLeaving = true;
  }

  async close(): Promise<void> {
    await this.server?.close();
  }

  /** A worker's connection waits out an outage: whoever asks whether Redis is there does not. */
  private async whyNotReady(): Promise<string | undefined> {
    if (!this.redis) return 'the process is starting';
    const patience = new AbortController();
    const late = delay(ANSWER_MS, `redis: no answer in ${ANSWER_MS / 1_000} s`, { signal: patience.signal });
    try {
      return await Promise.race([this.redis.ping().then(() => undefined), late]);
    } catch (error) {
      return `redis: ${toError(error).message}`;
    } finally {
      late.catch(() => undefined);
      patience.abort();
    }
  }
}
