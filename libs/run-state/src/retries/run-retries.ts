import { appError, type RunSource, type RunState } from '#libs/contracts';
import { TTL_SECONDS, type CellKeys, type RedisClient } from '#libs/redis';
import { tooManyRuns } from '../creating/create-run';
import { activeMember, runNotFound, type RunRef } from '../run-ref';
import { runStateScripts } from '../run-state-scripts';
import { transitionKeys, type TransitionListener } from '../run-transition';

/** A retry of a run. */
export interface RunRetryRound {
  /** Of its jobs' ids. */
  epoch: number;
  /** Why companies are walked again. */
  causes: readonly string[];
  /** Companies of the shortlist that have been gone through. */
  cursor: number;
}

/** Runs that have ended and are gone through again. */
export class RunRetries {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    private readonly onTransition: TransitionListener,
  ) {}

  /**
   * The one way back from an end: the run goes on under a new epoch, for some of its companies to be walked again. Throws
   * `illegal_transition` unless it has ended as completed, partial or failed, `too_many_runs` where the tenant has as many
   * active ones as it may, and `run_not_found`.
   */
  async begin(
    run: RunRef,
    message: string,
    { causes, activeRunsMax = 0 }: { causes: readonly string[]; activeRunsMax?: number },
  ): Promise<{ epoch: number }> {
    const [code, from, threadId, source, durationMs, epoch, trace] = (await runStateScripts.retryRun.run(
      this.redis,
      transitionKeys(this.keys, run),
      [message, TTL_SECONDS.run, activeMember(run), run.runId, causes.join(' '), activeRunsMax],
    )) as [number, RunState, string, RunSource, number, number, string];
    if (code === -2) throw runNotFound(run.runId);
    if (code === -3) throw tooManyRuns(run.tenantId, Number(from));
    if (code === -1) {
      throw appError(
        'illegal_transition',
        `run ${run.runId} is ${from}: only what has completed, in part or not at all, can be tried again`,
      );
    }
    this.onTransition({
      run,
      from,
      to: 'running',
      event: 'run_retried',
      message,
      threadId,
      source,
      durationMs,
      ...(trace && { traceparent: trace }),
    });
    return { epoch };
  }

  /** The retry that the run is in, or was in last; undefined: it was never tried again. */
  async latest(run: RunRef): Promise<RunRetryRound | undefined> {
    const key = this.keys.run(run.tenantId, run.runId);
    const [epoch, causes, reached] = await this.redis.hmget(
      key,
      'retry_epoch',
      'retry_causes',
      'retry_cursor',
    );
    if (epoch === null || epoch === undefined) return undefined;
    const [ofEpoch, cursor] = (reached ?? '').split(':');
    return {
      epoch: Number(epoch),
      causes: (causes ?? '').split(' '),
      cursor: ofEpoch === epoch ? Number(cursor) : 0,
    };
  }

  /** Stores how many companies of the shortlist a retry has gone through; one of before may say so late, unheard. */
  async advance(run: RunRef, epoch: number, cursor: number): Promise<void> {
    await this.redis.hset(this.keys.run(run.tenantId, run.runId), 'retry_cursor', `${epoch}:${cursor}`);
  }
}
