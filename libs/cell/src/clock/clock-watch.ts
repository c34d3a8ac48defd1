import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { appError } from '#libs/contracts';
import { toError } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import type { RedisClock } from '#libs/redis';
import { SkewNotices } from './skew-notices';

const LOOK_EVERY_MS = 60_000;

/** Where a process's skew is shown, besides in its log and its heartbeat: by how much its clock is ahead, ms. */
export type SkewGauge = (skewMs: number) => void;

/** Looks at the process's clock once a minute, and warns of one that has gone wrong; nothing else comes of that. */
export class ClockWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly notices = new SkewNotices();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly clock: RedisClock,
    private readonly logger: Logger,
    private readonly gauge: SkewGauge = () => undefined,
  ) {}

  onApplicationBootstrap(): void {
    // The clock was measured as the process started.
    this.tell();
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  async look(): Promise<void> {
    try {
      await this.clock.measure();
      this.tell();
    } catch (error) {
      this.logger.debug({ err: toError(error).message }, 'the clock could not be compared with redis’s');
    }
  }

  private tell(): void {
    const skewMs = Math.round(this.clock.skewMs());
    this.gauge(skewMs);
    const notice = this.notices.notice(skewMs);
    const fields = { event: 'clock_skew', skew_ms: skewMs };
    if (notice?.kind === 'wrong') this.logger.warn(fields, `the clock is ${skewText(skewMs)} redis’s`);
    else if (notice) this.logger.info(fields, 'the clock is right again');
  }
}

/** Throws `clock_wrong` for a process whose clock is further from Redis's than it may start with. */
export function refuseWrongClock(clock: RedisClock, maxMs: number): void {
  const skewMs = Math.round(clock.skewMs());
  if (Math.abs(skewMs) <= maxMs) return;
  throw appError(
    'clock_wrong',
    `the clock of this process is ${skewText(skewMs)} Redis’s, and at most ${maxMs / 1_000} s are allowed: ` +
      'set the clocks right, or raise LEADGEN_CLOCK_SKEW_MAX_MS',
  );
}

function skewText(skewMs: number): string {
  return `${(Math.abs(skewMs) / 1_000).toFixed(1)} s ${skewMs > 0 ? 'ahead of' : 'behind'}`;
}
