import type { RunFilter, RunList, RunRepository, RunSummary } from '#libs/run-state';
import type { RunsOptions } from './runs-options';

/** A run of a list, with its tenant. */
export type ListedRun = RunSummary & { tenant_id: string };

export interface ListedRuns {
  runs: ListedRun[];
  /** False: there are more than were asked for. */
  all: boolean;
  /** Runs left out since their record cannot be read. */
  unreadable: number;
}

/** Of a tenant its runs, newest first; without one all runs that have not ended, oldest first: who has waited longest. */
export function listedRuns(
  { list, runs }: { list: RunList; runs: RunRepository },
  { tenantId, filter, limit }: RunsOptions,
): Promise<ListedRuns> {
  return tenantId === undefined ? active(runs, filter, limit) : ofTenant(list, tenantId, filter, limit);
}

async function ofTenant(
  list: RunList,
  tenantId: string,
  filter: RunFilter,
  limit: number,
): Promise<ListedRuns> {
  const listed: ListedRuns = { runs: [], all: false, unreadable: 0 };
  let after: Awaited<ReturnType<RunList['page']>>['next'] = null;
  while (listed.runs.length < limit) {
    const page = await list.page(tenantId, filter, { limit: limit - listed.runs.length, after });
    listed.runs.push(...page.runs.map((run) => ({ ...run, tenant_id: tenantId })));
    listed.unreadable += page.unreadable.length;
    after = page.next;
    if (after === null) return { ...listed, all: true };
  }
  return listed;
}

async function active(runs: RunRepository, filter: RunFilter, limit: number): Promise<ListedRuns> {
  const listed: ListedRuns = { runs: [], all: false, unreadable: 0 };
  for (const ref of await runs.activeRuns()) {
    const record = await runs.find(ref);
    if (!record || !passes(record, filter)) continue;
    if (listed.runs.length === limit) return listed;
    listed.runs.push({ ...record, tenant_id: ref.tenantId });
  }
  return { ...listed, all: true };
}

function passes(run: RunSummary, { source, state }: RunFilter): boolean {
  return (source === undefined || run.source === source) && (state === undefined || run.state === state);
}
