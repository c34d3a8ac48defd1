import { Queue } from 'bullmq';
import { HOLD_QUEUE, laneQueue, STAGES, WEBHOOK_QUEUE } from '#libs/contracts';
import type { RedisClient } from '#libs/redis';
import { ignoreReportedElsewhere } from '../ignore-reported-elsewhere';
import { RedactedQueueAdapter } from './redacted-queue.adapter';

/** Whose jobs are no children of a run's export, so that a person may retry or remove one without harm to a run. */
const WRITABLE = STAGES.normalize.queue;

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  [STAGES.normalize.queue]: 'Plans, normalizes and shortlists; one job per run',
  [STAGES.enrich.queue]: 'Companies to be walked; read-only: they are children of their run’s export',
  [STAGES.export.queue]: 'One job per run, which waits for all its companies; read-only',
  [WEBHOOK_QUEUE.queue]: 'Endings of runs that their webhooks are to tell; read-only',
  [HOLD_QUEUE]: 'Keeps the exports of paused runs waiting; nobody works on it',
};

/** The queues of a cell as a Bull Board shows them: those of the stages, and the lanes of the caps in use. */
export class BoardQueues {
  private readonly queues = new Map<string, Queue>();

  constructor(
    /** The caller's own; it is not closed here. */
    private readonly redis: RedisClient,
    private readonly prefix: string,
  ) {}

  /** `look`: every queue read-only. */
  adapters(capIds: readonly string[], access: 'look' | 'change'): RedactedQueueAdapter[] {
    const stages = [
      STAGES.normalize.queue,
      STAGES.enrich.queue,
      STAGES.export.queue,
      HOLD_QUEUE,
      WEBHOOK_QUEUE.queue,
    ];
    const lanes = [...capIds].sort().map((capId) => laneQueue(capId));
    return [...stages, ...lanes].map(
      (name) =>
        new RedactedQueueAdapter(this.queue(name), {
          readOnlyMode: access === 'look' || name !== WRITABLE,
          description: DESCRIPTIONS[name] ?? 'A lane: companies that wait for this cap; read-only',
        }),
    );
  }

  async disconnect(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }

  private queue(name: string): Queue {
    const known = this.queues.get(name);
    if (known) return known;
    // Whoever only looks at a queue must not create it.
    const queue = new Queue(name, { connection: this.redis, prefix: this.prefix, skipMetasUpdate: true });
    queue.on('error', ignoreReportedElsewhere);
    this.queues.set(name, queue);
    return queue;
  }
}
