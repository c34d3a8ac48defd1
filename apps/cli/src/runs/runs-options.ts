import { appError, RUN_SOURCES, RUN_STATES, threadIdSchema } from '#libs/contracts';
import type { RunFilter } from '#libs/run-state';
import { oneOf } from '../typed/one-of';
import { typedTenant } from '../typed/tenant-id';
import { wholeNumber } from '../typed/whole-number';

/** What may be typed behind `leadgen runs`, not checked yet. */
export interface RawRunsOptions {
  tenantId?: string;
  threadId?: string;
  source?: string;
  state?: string;
  limit: string;
  json?: boolean;
}

const RUNS_LIMIT_MAX = 100_000;

/** Which runs: of a tenant its own, newest first; without one, all that have not ended. */
export interface RunsOptions {
  tenantId: string | undefined;
  filter: RunFilter;
  limit: number;
}

/** Throws `usage` naming the flag. */
export function runsOptions({ tenantId, threadId, source, state, limit }: RawRunsOptions): RunsOptions {
  if (threadId !== undefined && !threadIdSchema.safeParse(threadId).success) {
    throw appError('usage', `--thread-id ${JSON.stringify(threadId)}: no thread is called so`);
  }
  if (threadId !== undefined && tenantId === undefined) {
    throw appError('usage', '--thread-id needs --tenant-id: threads of two tenants may have one name');
  }
  return {
    tenantId: tenantId === undefined ? undefined : typedTenant(tenantId),
    filter: {
      threadId,
      source: oneOf('--source', source, RUN_SOURCES),
      state: oneOf('--state', state, RUN_STATES),
    },
    limit: wholeNumber('--limit', limit, RUNS_LIMIT_MAX),
  };
}
