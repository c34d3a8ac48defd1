import { AppError, type ErrorSeverity, type RetryAdvice } from '#libs/kernel';

interface ErrorEntry {
  /** Exit code of the CLI when this error ends the command. */
  exit: number;
  severity: ErrorSeverity;
  retry: RetryAdvice;
  /** Status the API answers with; not set where the API never says it. */
  http?: number;
  /** What happened, in one sentence for the person who sees it. */
  meaning: string;
  /** What that person can do about it. */
  remedy: string;
}

const entry = (
  exit: number,
  severity: ErrorSeverity,
  retry: RetryAdvice,
  words: Pick<ErrorEntry, 'meaning' | 'remedy' | 'http'>,
): ErrorEntry => ({ exit, severity, retry, ...words });

/** Every error code that leaves a process. Codes are data: they never change value. `docs/errors.md` is generated from this. */
export const ERROR_CATALOGUE = {
  usage: entry(2, 'expected', 'never', {
    meaning: 'The command line is not one that leadgen understands.',
    remedy: 'Correct the flag the message names; `leadgen <command> --help` lists all with examples.',
  }),
  invalid_request: entry(2, 'expected', 'never', {
    http: 400,
    meaning: 'A value of the request is missing or not of the kind it must be.',
    remedy: 'Correct the member or flag the message names, and send it again.',
  }),
  invalid_icp: entry(2, 'expected', 'never', {
    http: 400,
    meaning: 'The ideal-customer profile is not JSON, has an unknown member, or contradicts itself.',
    remedy: 'Correct what the message names; it proposes the nearest known word.',
  }),
  input_not_found: entry(2, 'expected', 'never', {
    meaning: 'There is no companies file at the path given.',
    remedy: 'Check the path; it is relative to the folder the command runs in.',
  }),
  input_empty: entry(2, 'expected', 'never', {
    http: 400,
    meaning: 'The companies file has no row.',
    remedy: 'Give a file with at least one company.',
  }),
  input_not_text: entry(2, 'expected', 'never', {
    meaning: 'The companies file is not text, for example a picture or an Excel workbook.',
    remedy: 'Save it as CSV or JSONL.',
  }),
  input_no_usable_column: entry(2, 'expected', 'never', {
    meaning: 'No column of the companies file looks like a company’s name or website.',
    remedy: 'Add a header row with, say, `name` and `website`; mapping.json of the run shows what was seen.',
  }),
  input_all_rejected: entry(2, 'expected', 'never', {
    meaning: 'Not one row of the companies file could become a company.',
    remedy:
      'Correct what the message says of the first rows; rejects.jsonl of the run has the reason of each.',
  }),
  input_unreadable: entry(2, 'expected', 'never', {
    meaning: 'The companies file cannot be read.',
    remedy: 'Check that it is a file and that the user who runs the command may read it.',
  }),
  unauthenticated: entry(2, 'expected', 'never', {
    http: 401,
    meaning: 'The request carries no key, or one that is not valid (unknown, expired, revoked).',
    remedy: 'Send `Authorization: Bearer lg_…` with a key of `leadgen keys create`.',
  }),
  identity_unreachable: entry(1, 'fault', 'backoff', {
    http: 503,
    meaning: 'The keys of the issuer that signs tokens cannot be had, so no token can be checked.',
    remedy: 'See whether LEADGEN_OIDC_JWKS_URL answers; keys of `leadgen keys create` work all the while.',
  }),
  forbidden: entry(2, 'expected', 'never', {
    http: 403,
    meaning: 'The key is valid and may not do this.',
    remedy: 'Use a key with the scope the message names.',
  }),
  not_found: entry(2, 'expected', 'never', {
    http: 404,
    meaning: 'There is no such route.',
    remedy: 'Check method and path; docs/api.md lists all routes.',
  }),
  unknown_host: entry(2, 'expected', 'never', {
    http: 421,
    meaning: 'The request names a host that this API does not serve.',
    remedy: 'Use a name that it is meant to have; LEADGEN_API_ALLOWED_HOSTS lists further ones.',
  }),
  route_gone: entry(2, 'expected', 'never', {
    http: 410,
    meaning: 'The route is one of the system before this one, and is switched off.',
    remedy: 'Use the route that the `Link` header names; docs/api.md says how old bodies map to new ones.',
  }),
  request_timeout: entry(2, 'expected', 'never', {
    http: 408,
    meaning: 'The request took too long to arrive.',
    remedy: 'Send it again, all at once.',
  }),
  too_large: entry(2, 'expected', 'never', {
    http: 413,
    meaning: 'The body of the request is too large.',
    remedy: 'Send fewer companies at once (256 KB at most), or hand over a file with the command line.',
  }),
  too_many_streams: entry(69, 'expected', 'backoff', {
    http: 503,
    meaning: 'The process serves as many streams of events as it may, or is about to stop.',
    remedy: 'Open it again after `Retry-After`; another process may have room.',
  }),
  rate_limited: entry(2, 'expected', 'backoff', {
    http: 429,
    meaning:
      'More requests came than may come in a minute: of this key, or with invalid keys from this address.',
    remedy: 'Wait as long as `Retry-After` says; `RateLimit-Remaining` tells beforehand.',
  }),
  too_many_runs: entry(2, 'expected', 'backoff', {
    http: 429,
    meaning: 'The tenant has as many runs that have not ended as it may.',
    remedy: 'Wait until one ends, or cancel one; LEADGEN_API_ACTIVE_RUNS_PER_TENANT sets how many.',
  }),
  unsupported_media_type: entry(2, 'expected', 'never', {
    http: 415,
    meaning: 'The body is of a type, or in an encoding, that the route does not take.',
    remedy: 'Send one of the types the message names, uncompressed.',
  }),
  dataset_too_large: entry(2, 'expected', 'never', {
    http: 413,
    meaning: 'The uploaded file is larger than this deployment takes.',
    remedy:
      'Split it into several datasets, or let whoever runs the deployment raise `LEADGEN_DATASET_BYTES_MAX`.',
  }),
  dataset_not_found: entry(2, 'expected', 'never', {
    http: 404,
    meaning: 'This tenant has no such dataset.',
    remedy: 'Check the id; datasets are kept for 30 days. `GET /api/datasets` lists them.',
  }),
  dataset_in_use: entry(2, 'expected', 'never', {
    http: 409,
    meaning: 'A run that has not read the dataset yet needs it.',
    remedy: 'Wait until the run the message names has normalized it, or cancel that run.',
  }),
  doubt_not_found: entry(2, 'expected', 'never', {
    http: 404,
    meaning: 'This tenant has no such call in doubt.',
    remedy: 'Check the id; `GET /api/doubts` lists them. A purchase that is in doubt again has another id.',
  }),
  doubt_resolved: entry(2, 'expected', 'never', {
    http: 409,
    meaning: 'The call in doubt was resolved before, the other way.',
    remedy: 'Nothing: what was said first stands.',
  }),
  invalid_schedule: entry(2, 'expected', 'never', {
    meaning: 'The time of a schedule is none, or the slot named is not one of it.',
    remedy:
      'Correct what the message names: five fields as in a crontab, a zone like Europe/Berlin, a time in UTC.',
  }),
  schedule_exists: entry(2, 'expected', 'never', {
    meaning: 'The tenant has a schedule of this name.',
    remedy: 'Take another name, or remove that one first with `leadgen schedules remove`.',
  }),
  schedule_not_found: entry(2, 'expected', 'never', {
    meaning: 'The tenant has no such schedule.',
    remedy: 'Check tenant and name; `leadgen schedules list` shows them.',
  }),
  slot_has_run: entry(2, 'expected', 'never', {
    meaning: 'The slot of the schedule has its run, or is about to.',
    remedy: 'Look at the run that the message names; `leadgen retry` walks what failed in it again.',
  }),
  run_ambiguous: entry(2, 'expected', 'never', {
    http: 409,
    meaning: 'The thread has several active runs, and the request could mean any of them.',
    remedy: 'Name the run: the message lists their ids.',
  }),
  run_not_found: entry(2, 'expected', 'never', {
    http: 404,
    meaning: 'This tenant has no such run or thread.',
    remedy: 'Check tenant and id; runs are kept for 30 days.',
  }),
  key_not_found: entry(2, 'expected', 'never', {
    meaning: 'The tenant has no such API key, or it has ended.',
    remedy: 'Check tenant and id with `leadgen keys list`; in place of a key that has ended, create one.',
  }),
  run_stopped: entry(7, 'expected', 'never', {
    meaning: 'The run was paused or cancelled while the work was going on.',
    remedy: 'Nothing; resume the run if it was paused by mistake.',
  }),
  idempotency_conflict: entry(2, 'expected', 'never', {
    http: 422,
    meaning: 'The same idempotency key came before with another request.',
    remedy: 'Use a new key for a new request, or send the first request unchanged.',
  }),
  idempotency_in_flight: entry(2, 'expected', 'backoff', {
    http: 409,
    meaning: 'The same request with the same idempotency key is being worked on at this moment.',
    remedy: 'Send it again after `Retry-After`, with the same key: it then gets the run.',
  }),
  illegal_transition: entry(1, 'fault', 'never', {
    http: 409,
    meaning: 'The run is in a state that does not allow this, for example it has ended.',
    remedy: 'Look at its state, which the message names; `leadgen status` and `GET` show more.',
  }),
  nothing_to_retry: entry(2, 'expected', 'never', {
    http: 409,
    meaning: 'No company of the run ended in an error or in doubt.',
    remedy:
      'Nothing: there is nothing to walk again. Companies that were never started need a run of their own.',
  }),
  retry_too_expensive: entry(2, 'expected', 'never', {
    http: 409,
    meaning: 'Walking the companies again is expected to cost more than the most that was allowed.',
    remedy: 'Allow more, or include fewer companies; a dry run says what it would cost.',
  }),
  run_not_ended: entry(2, 'expected', 'never', {
    http: 409,
    meaning: 'The run has not ended, so there is nothing to tell its webhook yet.',
    remedy: 'Wait until it has ended; its webhook is told then by itself.',
  }),
  webhook_not_set: entry(2, 'expected', 'never', {
    http: 409,
    meaning: 'Neither the run nor its tenant has a webhook.',
    remedy: 'Store one for the tenant with `PUT /api/tenants/me/webhook`, then ask again.',
  }),
  too_many_redeliveries: entry(2, 'expected', 'backoff', {
    http: 429,
    meaning: 'The webhook of the run was delivered again as often as it may be within an hour.',
    remedy: 'Wait as long as `Retry-After` says; the log of deliveries says what became of the others.',
  }),
  fenced_out: entry(1, 'expected', 'never', {
    meaning: 'Another worker has taken over this part of the run.',
    remedy: 'Nothing: the other worker goes on.',
  }),
  api_unreachable: entry(69, 'fault', 'backoff', {
    meaning: 'The API does not answer at the address given.',
    remedy: 'Correct the address the message names, or start the API.',
  }),
  api_refused: entry(1, 'fault', 'never', {
    meaning: 'The API refused a request of this command.',
    remedy: 'The message holds its problem; its code is in this list.',
  }),
  redis_unreachable: entry(69, 'fault', 'backoff', {
    http: 503,
    meaning: 'Redis does not answer.',
    remedy: 'Start it, correct `REDIS_URL`, or unset `REDIS_URL` so that the CLI starts a private one.',
  }),
  redis_full: entry(69, 'fault', 'backoff', {
    http: 503,
    meaning: 'The memory of Redis is nearly used up: nothing new is taken, so that what was taken can end.',
    remedy: 'Try again later; raise `maxmemory`, or wait until runs end and old ones are dropped.',
  }),
  redis_disk_full: entry(69, 'fault', 'backoff', {
    meaning: 'Redis cannot write its append-only file, most likely since its disk is full: it takes nothing.',
    remedy: 'Free space on the disk of Redis: it tries again by itself. What was accepted is kept.',
  }),
  redis_misconfigured: entry(69, 'fault', 'never', {
    meaning: 'Redis is too old, a replica, or set up so that it could lose runs.',
    remedy:
      'Use the primary of a Redis 6.2 or later with `appendonly yes` and `maxmemory-policy noeviction`.',
  }),
  redis_not_available: entry(69, 'expected', 'never', {
    meaning: 'There is no Redis to start on this machine, or the private one does not start.',
    remedy: 'Install the package redis-server, run one with docker compose, or set `REDIS_URL`.',
  }),
  worker_absent: entry(69, 'fault', 'backoff', {
    meaning: 'Nobody works on a stage of the pipeline in this cell.',
    remedy: 'Start the workers the message names with the same `REDIS_URL`.',
  }),
  storage_failed: entry(1, 'fault', 'backoff', {
    meaning: 'A file could not be written to or read from object storage.',
    remedy: 'Check space and rights of `LEADGEN_STORAGE_DIR`; the work is tried again by itself.',
  }),
  config_invalid: entry(78, 'expected', 'never', {
    meaning: 'An environment variable has a value that cannot be used.',
    remedy: 'Correct the variables the message names; docs/env.md lists all.',
  }),
  clock_wrong: entry(78, 'expected', 'never', {
    meaning:
      'The clock of this machine and that of Redis differ by more than a server process may start with.',
    remedy:
      'Set both right (NTP), or raise `LEADGEN_CLOCK_SKEW_MAX_MS` and live with late and early retries.',
  }),
  payload_malformed: entry(1, 'fault', 'never', {
    meaning: 'A job in a queue is not what its stage expects.',
    remedy: 'Find out who wrote it: jobs are added by this software only.',
  }),
  payload_version_unknown: entry(
    1,
    'fault',
    { afterMs: 60_000 },
    {
      meaning: 'A newer release has written this job.',
      remedy: 'Finish the rollout: the job waits for a worker that reads it.',
    },
  ),
  stage_timeout: entry(1, 'fault', 'backoff', {
    meaning: 'A stage took longer than its deadline.',
    remedy: 'It is tried again; if that repeats, look at the worker’s log for what it waits for.',
  }),
  lock_lost: entry(1, 'fault', 'backoff', {
    meaning: 'A worker was out of touch with Redis for so long that another one took over its job.',
    remedy:
      'Nothing: the work is done elsewhere; if that repeats, look for a blocked event loop or a slow network.',
  }),
  worker_draining: entry(
    1,
    'expected',
    { afterMs: 0 },
    {
      meaning: 'A worker that was told to stop gave its job back.',
      remedy: 'Nothing: another worker takes it, or this one after its restart.',
    },
  ),
  offline_mismatch: entry(2, 'expected', 'backoff', {
    meaning: 'The run is to stay offline and the worker is not, or the other way round.',
    remedy: 'Start all processes of the cell with the same ORCHESTRATOR_OFFLINE.',
  }),
  vendor_failed: entry(1, 'expected', 'backoff', {
    meaning: 'A vendor did not answer as it should.',
    remedy: 'It is asked again, then the next vendor; see the vendor’s status page if that repeats.',
  }),
  data_dir_locked: entry(2, 'expected', 'never', {
    meaning: 'Another leadgen already works in this data folder.',
    remedy: 'Wait for it, set `LEADGEN_DATA_DIR` to another folder, or let both use one `REDIS_URL`.',
  }),
  data_dir_unusable: entry(2, 'expected', 'never', {
    meaning: 'The data folder cannot be written.',
    remedy: 'Set `LEADGEN_DATA_DIR` to a folder on a disk with space that the user may write to.',
  }),
  supervised_process_failed: entry(1, 'fault', 'never', {
    meaning: 'A worker that the CLI started does not start, or crashed too often.',
    remedy: 'Read the end of its log, which the message shows and names.',
  }),
  precondition_failed: entry(2, 'expected', 'never', {
    http: 412,
    meaning: 'What was to be changed is not what it was when it was read.',
    remedy: 'Read it again, and send its ETag as If-Match.',
  }),
  erasure_not_found: entry(2, 'expected', 'never', {
    http: 404,
    meaning: 'This tenant has no such erasure.',
    remedy: 'Check the id; receipts are kept for 365 days.',
  }),
  sealing_not_configured: entry(78, 'expected', 'never', {
    http: 409,
    meaning: 'A secret was handed over, and this deployment has no key to encrypt it with.',
    remedy: 'Set `LEADGEN_SEALING_KEY_FILE` for all processes; docs/env.md says how to make a key.',
  }),
  audit_broken: entry(1, 'fault', 'never', {
    meaning: 'The audit log is not as it was written: an entry was changed, added or taken out.',
    remedy:
      'Find out who can write to Redis; entries before the one that is named are whole. Compare with hashes kept elsewhere.',
  }),
  sealed_unreadable: entry(1, 'fault', 'never', {
    meaning: 'A stored secret cannot be decrypted with the configured keys.',
    remedy: 'Put the old key back behind the new one, or let the tenant hand the secret over again.',
  }),
  internal: entry(1, 'fault', 'backoff', {
    http: 500,
    meaning: 'Something happened that nobody foresaw.',
    remedy: 'Look into the log around that time, and report it.',
  }),
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
