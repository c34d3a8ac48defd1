import { hostname } from 'node:os';
import { Module, type OnModuleDestroy } from '@nestjs/common';
import { LOGGER, REDIS, requireRedisUrl, SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import type { Logger } from '#libs/observability';
import { blockingReadOptions, CellKeys, createRedis, type RedisClient } from '#libs/redis';
import { EVENT_READ_BLOCK_MS, RunEventFeed, RunRepository } from '#libs/run-state';
import { AccessModule } from '../access/access.module';
import { RunFinder } from '../orchestrations/run-finder';
import { STREAM_TIMING } from './event-stream';
import { EventStreams } from './event-streams';
import { EventsController } from './events.controller';

/** The events of runs as they happen: to clients as SSE, and to other routes that wait for a run (`RunEventFeed.untilEvent`). */
@Module({
  imports: [AccessModule],
  controllers: [EventsController],
  providers: [
    RunFinder,
    {
      provide: EventStreams,
      useFactory: (settings: Settings) => new EventStreams(settings.api.streamsMax, STREAM_TIMING),
      inject: [SETTINGS],
    },
    {
      provide: RunEventFeed,
      useFactory: eventFeed,
      inject: [SETTINGS, LOGGER, REDIS, CellKeys, RunRepository],
    },
  ],
  exports: [RunEventFeed],
})
export class EventsModule implements OnModuleDestroy {
  constructor(
    private readonly streams: EventStreams,
    private readonly feed: RunEventFeed,
  ) {}

  /** Before the server closes: it would wait for streams, and for whoever waits for a run. */
  async onModuleDestroy(): Promise<void> {
    await this.streams.close();
    await this.feed.close();
  }
}

function eventFeed(
  settings: Settings,
  logger: Logger,
  redis: RedisClient,
  keys: CellKeys,
  runs: RunRepository,
): RunEventFeed {
  const blocking = createRedis(requireRedisUrl(settings), blockingReadOptions(EVENT_READ_BLOCK_MS));
  const onError = (error: Error): void =>
    logger.warn({ event: 'event_reader_error', err: error.message }, 'reading events failed');
  blocking.on('error', onError);
  const reader = `${hostname()}-${process.pid}-${Date.now().toString(36)}`;
  return new RunEventFeed({ blocking, redis, keys, runs, reader, onError });
}
