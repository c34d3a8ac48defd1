import { appError, tenantIdSchema } from '#libs/contracts';
import { wholeNumber } from '../typed/whole-number';

export const LOADTEST_DEFAULTS = {
  iterations: '10',
  concurrency: '1',
  via: 'cli',
  limit: '10',
  timeout: '900',
} as const;
const ITERATIONS_MAX = 10_000;
const CONCURRENCY_MAX = 100;
const LIMIT_MAX = 1_000_000;
const TIMEOUT_S_MAX = 86_400;

/** What may be typed behind `leadgen loadtest`, not checked yet. */
export interface RawLoadOptions {
  tenantId?: string;
  iterations: string;
  concurrency: string;
  via: string;
  baseUrl?: string;
  payloads?: string;
  limit: string;
  timeout: string;
  sameLeads?: boolean;
  json?: boolean;
}

export interface LoadOptions {
  tenantId: string;
  iterations: number;
  concurrency: number;
  /** Where the API is; not set: runs are started in the cell itself. */
  apiUrl: string | undefined;
  payloadsFile: string | undefined;
  /** For payloads that say none. */
  limit: number;
  /** Of one run. */
  timeoutMs: number;
  sameLeads: boolean;
}

/** Throws `usage` naming the flag and the fix. */
export function parseLoadOptions(raw: RawLoadOptions): LoadOptions {
  const tenantId = tenantIdSchema.safeParse(raw.tenantId);
  if (!tenantId.success) {
    throw appError(
      'usage',
      'whose runs? pass --tenant-id <id>, e.g. leadgen loadtest --iterations 10 --tenant-id loadtest',
    );
  }
  if (raw.via !== 'cli' && raw.via !== 'api') throw appError('usage', `--via ${raw.via}: use cli or api`);
  return {
    tenantId: tenantId.data,
    iterations: wholeNumber('--iterations', raw.iterations, ITERATIONS_MAX),
    concurrency: wholeNumber('--concurrency', raw.concurrency, CONCURRENCY_MAX),
    apiUrl: raw.via === 'api' ? apiUrl(raw.baseUrl) : undefined,
    payloadsFile: raw.payloads,
    limit: wholeNumber('--limit', raw.limit, LIMIT_MAX),
    timeoutMs: wholeNumber('--timeout', raw.timeout, TIMEOUT_S_MAX) * 1000,
    sameLeads: raw.sameLeads ?? false,
  };
}

function apiUrl(baseUrl: string | undefined): string {
  if (baseUrl !== undefined && URL.canParse(baseUrl) && /^https?:$/.test(new URL(baseUrl).protocol)) {
    return baseUrl.replace(/\/+$/, '');
  }
  throw appError(
    'usage',
    '--via api needs --base-url, where the API is, e.g. --base-url https://leads.example.com, and its key in LEADGEN_API_KEY',
  );
}
