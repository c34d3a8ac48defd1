import type { LoggerService } from '@nestjs/common';
import type { Logger } from '#libs/observability';

/** Nest's own messages as lines of our log; its start-up chatter is debug. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug({ nest: true }, String(message));
  }

  error(message: unknown): void {
    this.logger.error({ nest: true }, String(message));
  }

  warn(message: unknown): void {
    this.logger.warn({ nest: true }, String(message));
  }
}
