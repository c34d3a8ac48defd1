import { TTL_SECONDS, type CellKeys, type RedisClient } from '#libs/redis';
import { runStateScripts } from '../run-state-scripts';
import type { TransitionListener } from '../run-transition';

/** Schedules that are told apart; all further ones are `other`. */
const SCHEDULES_MAX = 50;
const OTHER = 'other';
/** Of ticks that name no schedule: the thread of such a run has a made name. */
const UNNAMED = 'cron';
const MADE_THREAD = /^thr_[0-9A-HJKMNP-TV-Z]{26}$/;
const DAY_MS = 86_400_000;
/** More questions than these are not counted one by one. */
const QUESTIONS_MAX = 10_000;
/** Of more tenants that were at work on one day those are looked at that were last. */
const TENANTS_MAX = 2_000;

/** When something of a schedule last happened, ms since 1970 by Redis’s clock. */
export type ScheduleTimes = ReadonlyMap<string, number>;

/**
 * What runs leave behind so that one process can tell of it for the whole cell: when each schedule last began and last ended
 * well, which runs ended in a question of late, and which tenants were at work today. Of schedules the thread is the name, which is theirs unless they were
 * given another.
 */
export class RunMarks {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /** For every transition; most leave nothing. */
  async note({ run, to, event, source, threadId }: Parameters<TransitionListener>[0]): Promise<void> {
    if (to === 'running') await this.noteAtWork([run.tenantId]);
    if (to === 'needs_input') await this.noteQuestion(run.runId);
    if (source !== 'cron') return;
    if (event === 'run_start') await this.noteTick(threadId, 'start');
    if (to === 'completed' || to === 'partial') await this.noteTick(threadId, 'success');
  }

  async starts(): Promise<ScheduleTimes> {
    return this.times(this.keys.cronStarts());
  }

  async successes(): Promise<ScheduleTimes> {
    return this.times(this.keys.cronSuccesses());
  }

  /** Runs that ended in a question within a day. */
  async openQuestions(nowMs: number): Promise<number> {
    return this.redis.zcount(this.keys.openQuestions(), nowMs - DAY_MS, '+inf');
  }

  /** Those that have been at work since then, by Redis’s clock, whichever process noted them; the last two thousand. */
  async atWork(sinceMs: number): Promise<string[]> {
    return this.redis.zrange(
      this.keys.tenantsAtWork(),
      '+inf',
      String(sinceMs),
      'BYSCORE',
      'REV',
      'LIMIT',
      0,
      TENANTS_MAX,
    );
  }

  /** Tenants that are at work now, as those whose runs go on over midnight. */
  async noteAtWork(tenantIds: readonly string[]): Promise<void> {
    if (tenantIds.length === 0) return;
    await this.noteNow(this.keys.tenantsAtWork(), tenantIds, TENANTS_MAX);
  }

  private async noteTick(threadId: string, what: 'start' | 'success'): Promise<void> {
    const name = MADE_THREAD.test(threadId) ? UNNAMED : threadId;
    await runStateScripts.noteTick.run(
      this.redis,
      [this.keys.cronStarts(), this.keys.cronSuccesses()],
      [name, what, SCHEDULES_MAX, OTHER, TTL_SECONDS.cronMark * 1000],
    );
  }

  private async noteQuestion(runId: string): Promise<void> {
    await this.noteNow(this.keys.openQuestions(), [runId], QUESTIONS_MAX);
  }

  /** What is a day old is dropped, and of more than so many the oldest. */
  private async noteNow(key: string, members: readonly string[], most: number): Promise<void> {
    const [seconds] = await this.redis.time();
    const nowMs = Number(seconds) * 1_000;
    await this.redis
      .multi()
      .zadd(key, ...members.flatMap((member) => [nowMs, member]))
      .zremrangebyscore(key, '-inf', nowMs - DAY_MS)
      .zremrangebyrank(key, 0, -most - 1)
      .pexpire(key, DAY_MS)
      .exec();
  }

  private async times(key: string): Promise<ScheduleTimes> {
    const listed = await this.redis.zrange(key, '0', '-1', 'WITHSCORES');
    const times = new Map<string, number>();
    for (let i = 0; i < listed.length; i += 2) times.set(listed[i] ?? '', Number(listed[i + 1]));
    return times;
  }
}
