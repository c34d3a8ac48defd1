import { HANDOVER_QUEUE, SCHEDULE_QUEUE, STAGES, WEBHOOK_QUEUE, laneQueue } from '#libs/contracts';
import { leaderSample, type LeaderSample } from '#libs/observability';
import { QueueStandings, type QueueReadings, type QueueStanding } from '#libs/queue';
import type { CellKeys, RedisClient } from '#libs/redis';
import type { CellCap } from './cell-caps';

const PARENTS: ReadonlySet<string> = new Set([STAGES.export.queue]);
const FIXED = [...Object.values(STAGES).map(({ queue }) => queue), WEBHOOK_QUEUE.queue, SCHEDULE_QUEUE.queue];

/** The queues of the cell: of stages, webhooks and schedules, the lanes, and the list of accepted runs. */
export class QueueFigures {
  private readonly standings = new QueueStandings();

  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    private readonly readings: QueueReadings,
  ) {}

  async read(caps: readonly CellCap[], nowMs: number): Promise<LeaderSample[]> {
    const lanes = caps.map(({ id, lane }) => ({ queue: laneQueue(id), label: lane }));
    const queues = [...FIXED.map((queue) => ({ queue, label: queue })), ...lanes];
    const [snapshots, handover] = await Promise.all([
      this.readings.read(
        queues.map(({ queue }) => queue),
        nowMs,
      ),
      this.handover(nowMs),
    ]);
    const byLabel = new Map<string, QueueStanding[]>([[HANDOVER_QUEUE, [handover]]]);
    for (const [i, standing] of this.standings.tell(snapshots, PARENTS).entries()) {
      const label = queues[i]?.label ?? standing.queue;
      byLabel.set(label, [...(byLabel.get(label) ?? []), standing]);
    }
    return [...byLabel].flatMap(([label, standings]) => samplesOf(label, standings));
  }

  /** Runs that the API has accepted and no worker has put into its queue yet, oldest first. */
  private async handover(nowMs: number): Promise<QueueStanding> {
    const [waiting, oldest] = await Promise.all([
      this.redis.llen(this.keys.runHandover()),
      this.redis.lindex(this.keys.runHandover(), 0),
    ]);
    const createdMs = oldest === null ? null : await this.redis.zscore(this.keys.activeRuns(), oldest);
    return {
      queue: HANDOVER_QUEUE,
      runnable: waiting,
      isClosed: false,
      oldestWaitingMs: createdMs === null ? 0 : Math.max(0, nowMs - Number(createdMs)),
      oldestActiveMs: 0,
    };
  }
}

/** Of several lanes together: all that is runnable, the worst age, closed if all of them are. */
function samplesOf(queue: string, standings: readonly QueueStanding[]): LeaderSample[] {
  const worst = (age: 'oldestWaitingMs' | 'oldestActiveMs'): number =>
    Math.max(...standings.map((standing) => standing[age])) / 1_000;
  const runnable = standings.reduce((sum, standing) => sum + standing.runnable, 0);
  const isClosed = standings.every((standing) => standing.isClosed);
  return [
    leaderSample('leadgen_queue_runnable_jobs', { queue }, runnable),
    leaderSample('leadgen_queue_oldest_waiting_age_seconds', { queue }, worst('oldestWaitingMs')),
    leaderSample('leadgen_queue_oldest_active_age_seconds', { queue }, worst('oldestActiveMs')),
    leaderSample('leadgen_queue_closed', { queue }, isClosed ? 1 : 0),
  ];
}
