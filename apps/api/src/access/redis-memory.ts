import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { toError } from '#libs/kernel';
import type { Logger } from '#libs/observability';
import type { RedisClient } from '#libs/redis';

/** Above this part of `maxmemory` nothing new is taken: what was taken needs room to end. */
const FULL = 0.8;
const LOOK_EVERY_MS = 1_000;

/** How full Redis is, looked at once a second and not for every request. */
export class RedisMemory implements OnModuleInit, OnModuleDestroy {
  private used = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: RedisClient,
    private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.look();
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** As of the last look; a Redis without `maxmemory` is never full. */
  get isFull(): boolean {
    return this.used >= FULL;
  }

  /** While Redis does not answer, requests hear of that themselves: what was seen last stands. */
  private async look(): Promise<void> {
    try {
      const before = this.isFull;
      this.used = usedPart(await this.redis.info('memory'));
      if (this.isFull === before) return;
      const percent = Math.round(this.used * 100);
      if (before) this.logger.info({ event: 'redis_has_room', percent }, 'redis has room again');
      else this.logger.error({ event: 'redis_full', percent }, 'redis is nearly full: nothing new is taken');
    } catch (error) {
      this.logger.debug({ err: toError(error).message }, 'how full redis is cannot be seen');
    }
  }
}

function usedPart(info: string): number {
  const figure = (name: string): number => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);
  const max = figure('maxmemory');
  return max === 0 ? 0 : figure('used_memory') / max;
}
