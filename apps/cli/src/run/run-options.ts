import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type z } from 'zod';
import {
  appError,
  RUN_MODES,
  runRequestSchema,
  SINKS,
  type Icp,
  type RunMode,
  type RunRequest,
} from '#libs/contracts';
import { parseIcp } from '#libs/domain';
import { fileProblem } from '../typed/file-problem';
import { microUsd } from '../typed/micro-usd';
import { wholeNumber } from '../typed/whole-number';
import { addSeriesOptions, parseSeries, type RawSeries, type RunSeries } from './series-options';
import { STDIN } from './given-companies';
import { wordOption } from '../typed/word-option';

/** What the caller of `leadgen run` wants, checked as far as that is possible without looking at the companies. */
export interface RunOptions {
  request: RunRequest;
  /** Absolute, or `-` for stdin. */
  companiesFile: string | undefined;
  wait: boolean;
  timeoutMs: number;
  idempotencyKey: string | undefined;
  series: RunSeries;
  json: boolean;
}

export interface RawOptions extends RawSeries {
  tenantId?: string;
  input?: string;
  icpPayload?: string;
  threadId?: string;
  userId?: string;
  runMode?: string;
  companies?: string;
  limit?: string;
  budget?: string;
  dryRun?: boolean;
  export?: string;
  /** True of the bare flag; text of its variable. */
  newOnly?: string | true;
  timeout?: string;
  idempotencyKey?: string;
  wait: boolean;
  json?: boolean;
}

const env = (name: string): string => `ORCHESTRATOR_${name}`;

/** What an empty variable and an absent flag mean. */
const DEFAULTS = { input: 'run full pipeline', limit: '50', runMode: 'full', timeout: String(6 * 3600) };

const DRY_RUN: RunMode = 'dry-run';
const LIMIT_MAX = 1_000_000;
/** Timers hold 24 days at most. */
export const TIMEOUT_S_MAX = 2_000_000;

/** Adds the flags of a run to a command; each can also come from its variable. */
export function addRunOptions(command: Command): Command {
  return addWaitOptions(addSeriesOptions(addRequestOptions(command)));
}

/** What a run is to do, wherever it is started from. */
export function addRequestOptions(command: Command): Command {
  return command
    .addOption(new Option('--tenant-id <id>', 'whose companies and leads these are').env(env('TENANT_ID')))
    .addOption(new Option('--input <text>', 'what to do, in words').env(env('INPUT')).default(DEFAULTS.input))
    .addOption(
      new Option('--icp-payload <json>', 'ideal-customer profile: JSON, or @file').env(env('ICP_PAYLOAD')),
    )
    .addOption(
      new Option('--companies <file>', 'CSV or JSONL of companies, in any usual shape; - for stdin').env(
        env('COMPANIES'),
      ),
    )
    .addOption(
      new Option('--limit <n>', 'enrich at most this many candidates')
        .env(env('LIMIT'))
        .default(DEFAULTS.limit),
    )
    .addOption(
      new Option('--budget <usd>', 'spend at most this much on this run, in US dollars').env(env('BUDGET')),
    )
    .addOption(
      new Option(
        '--new-only [yes]',
        'deliver only leads that no earlier run of the tenant has delivered',
      ).env(env('NEW_ONLY')),
    )
    .addOption(
      wordOption('--export <sinks>', 'where leads go, with commas', SINKS, { list: true }).env(env('EXPORT')),
    )
    .addOption(
      wordOption('--run-mode <mode>', 'how far it goes', RUN_MODES)
        .env(env('RUN_MODE'))
        .default(DEFAULTS.runMode),
    )
    .addOption(
      new Option('--thread-id <id>', 'conversation or series this run belongs to').env(env('THREAD_ID')),
    )
    .addOption(new Option('--user-id <id>', 'who asked').env(env('USER_ID')));
}

/** How the command goes about it. */
function addWaitOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--timeout <seconds>', 'stop waiting after so long')
        .env(env('TIMEOUT_S'))
        .default(DEFAULTS.timeout),
    )
    .addOption(
      new Option('--idempotency-key <key>', 'the same key starts the run once').env(env('IDEMPOTENCY_KEY')),
    )
    .addOption(
      new Option(
        '--dry-run',
        'buy nothing, say what the run would take: calls, cost, time (--run-mode dry-run)',
      ).implies({ runMode: DRY_RUN }),
    )
    .option('--no-wait', 'print the run id and leave (needs REDIS_URL)')
    .option('--json', 'NDJSON also on a terminal');
}

/** Throws `usage`, `invalid_request` or `invalid_icp`, each naming the flag and the fix. */
export function parseRunOptions(raw: RawOptions): RunOptions {
  const given = withoutEmpty(raw);
  const options = { ...DEFAULTS, ...given };
  if (options.tenantId === undefined) {
    throw appError(
      'usage',
      `no tenant: pass --tenant-id <id> or set ${env('TENANT_ID')}, e.g. leadgen run --tenant-id acme --companies companies.csv`,
    );
  }
  const series = parseSeries(options, options.threadId);
  const { companies } = options;
  const companiesFile = companies === undefined || companies === STDIN ? companies : resolve(companies);
  const request = runRequestSchema.safeParse({
    tenant_id: options.tenantId,
    // Runs of a schedule are a series: its name is their thread unless they are given one.
    thread_id: options.threadId ?? options.schedule,
    user_id: options.userId,
    input: options.input,
    icp: options.icpPayload === undefined ? undefined : parseIcpPayload(options.icpPayload),
    mode: runMode(given),
    dataset_name: companiesFile === undefined ? undefined : datasetName(companiesFile),
    budget_micro_usd: options.budget === undefined ? undefined : microUsd('--budget', options.budget),
    limit: wholeNumber('--limit', options.limit, LIMIT_MAX),
    new_only: options.newOnly === undefined ? undefined : yesOrNo('--new-only', options.newOnly),
    export: options.export?.split(',').map((sink) => sink.trim()),
  });
  if (!request.success) throw appError('invalid_request', flagProblems(request.error));
  return {
    request: request.data,
    companiesFile,
    wait: raw.wait,
    timeoutMs: wholeNumber('--timeout', options.timeout, TIMEOUT_S_MAX) * 1000,
    idempotencyKey: options.idempotencyKey,
    series,
    json: raw.json ?? false,
  };
}

function datasetName(companiesFile: string): string {
  return companiesFile === STDIN ? 'stdin' : basename(companiesFile);
}

/** `--dry-run` is short for a mode: beside another one that was asked for, one of the two is a slip. */
function runMode({ dryRun, runMode: mode }: Pick<RawOptions, 'dryRun' | 'runMode'>): string {
  if (dryRun !== true) return mode ?? DEFAULTS.runMode;
  if (mode === undefined || mode === DRY_RUN) return DRY_RUN;
  throw appError(
    'usage',
    `--dry-run and --run-mode ${mode} (or ${env('RUN_MODE')}) contradict each other: give one of them`,
  );
}

/** An empty variable in a crontab means "not set". */
function withoutEmpty(raw: RawOptions): Partial<RawOptions> {
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== ''));
}

/** JSON as it was typed, or `@` and the file it is in. */
function parseIcpPayload(payload: string): Icp {
  if (!payload.startsWith('@')) return parseIcp(payload);
  return parseIcp(icpFileText(payload), `Correct the file ${payload.slice(1)}`);
}

function icpFileText(payload: string): string {
  try {
    // Editors of Windows put a byte order mark before JSON, where it does not belong.
    return readFileSync(payload.slice(1), 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw appError(
      'invalid_icp',
      `--icp-payload ${payload}: ${fileProblem(error)}; after @ goes the path of a JSON file`,
      { cause: error },
    );
  }
}

/** The bare flag is a yes; its variable, and who wants to overrule that, can say either. */
function yesOrNo(flag: string, said: string | true): boolean {
  if (said === true || said === '1' || said === 'true') return true;
  if (said === '0' || said === 'false') return false;
  throw appError('usage', `${flag} ${JSON.stringify(said)}: give 1 or 0, or the bare flag`);
}

const FLAG_OF: Readonly<Record<string, string>> = {
  tenant_id: '--tenant-id',
  thread_id: '--thread-id',
  user_id: '--user-id',
  input: '--input',
  mode: '--run-mode',
  limit: '--limit',
  export: '--export',
};

function flagProblems(error: z.ZodError): string {
  return error.issues
    .map((issue) => {
      const flag = FLAG_OF[String(issue.path[0])] ?? String(issue.path[0]);
      const allowed =
        issue.code === 'invalid_value' ? `: use ${issue.values.join(', ')}` : `: ${issue.message}`;
      return `${flag}${allowed}`;
    })
    .join('; ');
}
