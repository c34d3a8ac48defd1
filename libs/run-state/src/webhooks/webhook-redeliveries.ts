import { appError, TERMINAL_RUN_STATES, type RunState } from '#libs/contracts';
import type { CellKeys, RedisClient } from '#libs/redis';
import type { RunRef } from '../run-ref';
import type { RunEnding } from './webhook-outbox';

/** So often a run's webhook is delivered again on request; receivers are others' servers. */
export const REDELIVERIES_PER_HOUR = 10;
const HOUR_SECONDS = 3_600;

/** What of a run's endings can be told again, and how often. */
export class WebhookRedeliveries {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /** How the run ended last, and whether it names a webhook of its own. Throws `run_not_found` and `run_not_ended`. */
  async lastEnding(run: RunRef): Promise<RunEnding & { hasOwnWebhook: boolean }> {
    const key = this.keys.run(run.tenantId, run.runId);
    const [state, sequence, secret] = await this.redis.hmget(key, 'state', 'event_seq', 'webhook_secret');
    if (typeof state !== 'string') {
      throw appError('run_not_found', 'this tenant has no run or thread of that id');
    }
    if (!TERMINAL_RUN_STATES.includes(state as RunState)) {
      throw appError('run_not_ended', `run ${run.runId} is ${state}: its webhook is told once it has ended`);
    }
    const { tenantId, runId } = run;
    // Nothing is appended to the events of a run that has ended: the last one ended it.
    return { tenantId, runId, eventId: Number(sequence), hasOwnWebhook: typeof secret === 'string' };
  }

  /** Counts one more. Throws `too_many_redeliveries`. */
  async count(run: RunRef): Promise<void> {
    const key = this.keys.webhookRedeliveries(run.tenantId, run.runId);
    const answers = await this.redis.multi().set(key, 0, 'EX', HOUR_SECONDS, 'NX').incr(key).ttl(key).exec();
    const [count, restS] = [Number(answers?.[1]?.[1]), Number(answers?.[2]?.[1])];
    if (count <= REDELIVERIES_PER_HOUR) return;
    throw appError(
      'too_many_redeliveries',
      `the webhook of run ${run.runId} was delivered again ${REDELIVERIES_PER_HOUR} times within an hour`,
      { context: { retry_after_s: Math.max(1, restS) } },
    );
  }
}
