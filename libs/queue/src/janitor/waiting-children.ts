import { Queue } from 'bullmq';
import { STAGES } from '#libs/contracts';
import type { CellKeys, RedisClient } from '#libs/redis';
import { ignoreReportedElsewhere } from '../ignore-reported-elsewhere';
import { jobIds } from '../job-ids';
import { parsePayload } from '../job-payload';

/** Jobs removed at a time: Redis serves everybody else between any two of them. */
const CHUNK = 200;

const EXPORT = STAGES.export.queue;

/**
 * The children that exports wait for, as whoever clears up after a cancelled run sees them: jobs of companies in whatever
 * queue, lanes and delayed ones included, and what keeps a paused run waiting. BullMQ removes children of a job in one script
 * that blocks Redis for seconds; here each is removed by itself.
 */
export class WaitingChildren {
  private readonly queues = new Map<string, Queue>();

  constructor(
    /** The caller's own; it is not closed here. */
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /** The runs whose export waits for children. */
  async runs(): Promise<{ tenantId: string; runId: string }[]> {
    const ids = await this.redis.zrange(this.keys.queue(EXPORT, 'waiting-children'), '0', '-1');
    if (ids.length === 0) return [];
    const pipeline = this.redis.pipeline();
    for (const id of ids) pipeline.hget(`${this.keys.queue(EXPORT, '')}${id}`, 'data');
    const replies = (await pipeline.exec()) ?? [];
    return replies.flatMap(([error, data]) => {
      if (error) throw error;
      // It has moved on between the two looks.
      if (typeof data !== 'string') return [];
      const { tenantId, runId } = parsePayload('export', JSON.parse(data));
      return [{ tenantId, runId }];
    });
  }

  /**
   * Removes the children of the run's export, except those that a worker has in hand: they end by themselves. Once the last is
   * gone the export goes. To be repeated until none is left.
   */
  async remove(runId: string): Promise<{ removed: number; left: number }> {
    const dependencies = `${this.keys.queue(EXPORT, '')}${jobIds.export(runId)}:dependencies`;
    let removed = 0;
    for (;;) {
      const children = await this.redis.srandmember(dependencies, CHUNK);
      const codes = await Promise.all(children.map((key) => this.removeChild(key)));
      const gone = codes.filter(Boolean).length;
      removed += gone;
      if (gone === 0) return { removed, left: await this.redis.scard(dependencies) };
    }
  }

  async disconnect(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }

  /** `key` of a job: the prefix, its queue and its id; neither of the two has a colon. */
  private async removeChild(key: string): Promise<boolean> {
    const prefix = this.keys.bullPrefix();
    const [name = '', jobId = ''] = key.slice(prefix.length + 1).split(':');
    return (await this.queue(name).remove(jobId, { removeChildren: false })) === 1;
  }

  private queue(name: string): Queue {
    const known = this.queues.get(name);
    if (known) return known;
    const queue = new Queue(name, {
      connection: this.redis,
      prefix: this.keys.bullPrefix(),
      skipMetasUpdate: true,
    });
    queue.on('error', ignoreReportedElsewhere);
    this.queues.set(name, queue);
    return queue;
  }
}
