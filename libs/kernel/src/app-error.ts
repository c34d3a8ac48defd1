/** When a failed piece of work may be tried again: never, with the caller's backoff, or after a stated time. */
export type RetryAdvice = 'never' | 'backoff' | { afterMs: number };

/** `expected`: part of normal life (bad input, a cap); `fault`: somebody should look. */
export type ErrorSeverity = 'expected' | 'fault';

export interface AppErrorOptions {
  retry: RetryAdvice;
  severity: ErrorSeverity;
  /** Small, typed facts for the log line: ids and numbers, never payloads or personal data. */
  context?: Readonly<Record<string, string | number | boolean | null>>;
  cause?: unknown;
}

/**
 * The one error of this system. `code` comes from the catalogue in `libs/contracts`; edges (HTTP, CLI, BullMQ)
 * map it, nobody matches on messages.
 */
export class AppError extends Error {
  readonly code: string;
  readonly retry: RetryAdvice;
  readonly severity: ErrorSeverity;
  readonly context: Readonly<Record<string, string | number | boolean | null>>;

  constructor(code: string, message: string, options: AppErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.retry = options.retry;
    this.severity = options.severity;
    this.context = options.context ?? {};
  }
}

/** Any thrown value as an `Error`, so that a `catch` can log it without guessing. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** The code of a thrown value: an `AppError`'s own, a Node system error's (`ENOENT`), else `undefined`. */
export function errorCode(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
