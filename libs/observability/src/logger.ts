import { pino, type Logger as PinoLogger } from 'pino';
import { maskSecrets } from './mask-secrets';
import { currentTraceId } from './tracing/tracing';

export type Logger = PinoLogger;

export interface LoggerOptions {
  /** The process: `api`, `normalize`, `enrich`, `export`, `cli`, `vendor-sim`. */
  app: string;
  level: string;
}

/**
 * JSON lines on stderr (stdout belongs to results). `service` is the same for every process, so that a log shipper
 * can select by it; `app` tells the processes apart. Lines carry ids and numbers, never payloads or personal data:
 * what slips into an error's message is masked by pattern. What is written as part of a span names its trace.
 */
export function createLogger({ app, level }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { service: 'orchestrator', app, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: traceOfLine,
      redact: { paths: ['*.api_key', '*.apiKey', '*.password', '*.authorization'], censor: '[redacted]' },
      hooks: { streamWrite: maskSecrets },
    },
    // Synchronous: a line written just before a crash is the one that matters.
    pino.destination({ fd: 2, sync: true }),
  );
}

function traceOfLine(): object {
  const traceId = currentTraceId();
  return traceId === undefined ? {} : { trace_id: traceId };
}
