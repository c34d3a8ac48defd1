import { AppError, type ErrorSeverity, type RetryAdvice } from '#libs/kernel';

interface ErrorEntry {
  retry: RetryAdvice;
  severity: ErrorSeverity;
  /** Exit code of the CLI when this error ends the command. */
  exit: number;
}

const entry = (exit: number, severity: ErrorSeverity, retry: RetryAdvice): ErrorEntry => ({
  exit,
  severity,
  retry,
});

/** Every error code that leaves a process. Codes are data: they never change value. `docs/errors.md` is generated from this. */
export const ERROR_CATALOGUE = {
  usage: entry(2, 'expected', 'never'),
  invalid_request: entry(2, 'expected', 'never'),
  invalid_icp: entry(2, 'expected', 'never'),
  input_not_found: entry(2, 'expected', 'never'),
  input_empty: entry(2, 'expected', 'never'),
  input_not_text: entry(2, 'expected', 'never'),
  input_no_usable_column: entry(2, 'expected', 'never'),
  input_unreadable: entry(2, 'expected', 'never'),
  run_not_found: entry(2, 'expected', 'never'),
  run_stopped: entry(7, 'expected', 'never'),
  idempotency_conflict: entry(2, 'expected', 'never'),
  illegal_transition: entry(1, 'fault', 'never'),
  fenced_out: entry(1, 'expected', 'never'),
  redis_unreachable: entry(69, 'fault', 'backoff'),
  redis_misconfigured: entry(69, 'fault', 'never'),
  redis_not_available: entry(69, 'expected', 'never'),
  worker_absent: entry(69, 'fault', 'backoff'),
  storage_failed: entry(1, 'fault', 'backoff'),
  config_invalid: entry(78, 'expected', 'never'),
  payload_malformed: entry(1, 'fault', 'never'),
  payload_version_unknown: entry(1, 'fault', { afterMs: 60_000 }),
  stage_timeout: entry(1, 'fault', 'backoff'),
  vendor_failed: entry(1, 'expected', 'backoff'),
  data_dir_locked: entry(2, 'expected', 'never'),
  data_dir_unusable: entry(2, 'expected', 'never'),
  supervised_process_failed: entry(1, 'fault', 'never'),
  internal: entry(1, 'fault', 'backoff'),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/**
 * An `AppError` with the catalogue's retry advice and severity.
 * `message` is for a person: what is wrong and, for `expected` errors, what to do about it.
 */
export function appError(
  code: ErrorCode,
  message: string,
  details: { context?: AppError['context']; cause?: unknown } = {},
): AppError {
  const { retry, severity } = ERROR_CATALOGUE[code];
  return new AppError(code, message, { retry, severity, ...details });
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CATALOGUE, code);
}
