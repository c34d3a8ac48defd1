import { appError, runIdSchema, tenantIdSchema, type RunRecord } from '#libs/contracts';
import { counted } from '#libs/kernel';
import type { RunRef } from '#libs/run-state';
import type { ConnectedCell } from '../cell/connected-cell';
import type { RunScope } from './vendor-state';
import type { Hold } from './why-waiting';

/** What of a run bears on a vendor's calls. */
export interface ExplainedRun {
  scope: RunScope;
  holds: readonly Hold[];
}

/** Looks at the run's state, its budgets and what of it waits in the cap's lane. Throws `run_not_found`. */
export async function explainRun(cell: ConnectedCell, run: RunRef, capId: string): Promise<ExplainedRun> {
  const record = await cell.runs.get(run);
  const { [capId]: parked = 0 } = await cell.companies.parked(run);
  const budgets = record.plan?.budgets;
  return {
    scope: { ...run, run: budgets?.run_micro ?? null, tenantDay: budgets?.tenant_day_micro ?? null },
    holds: [...stateHolds(record), ...parkedHolds(record, parked)],
  };
}

function stateHolds({ state, pause_reason: why, status }: RunRecord): Hold[] {
  if (state === 'running' || state === 'queued') return [];
  const text =
    state === 'paused' && why === 'person'
      ? 'the run is paused by a person: leadgen resume lets it go on'
      : `the run is ${state}: ${status.message}`;
  return [{ what: 'paused', text, forMs: null }];
}

function parkedHolds({ counters }: RunRecord, parked: number): Hold[] {
  if (parked === 0) return [];
  const text = `${parked} of the run's ${counted(counters.candidates, 'company', 'companies')} wait in the vendor's lane`;
  return [{ what: 'parked', text, forMs: null }];
}

/** A run is named by its tenant and its id, or not at all. Throws `usage`. */
export function runScopeOf({ tenantId, runId }: { tenantId?: string; runId?: string }): RunRef | null {
  if (tenantId === undefined && runId === undefined) return null;
  const [tenant, run] = [tenantIdSchema.safeParse(tenantId), runIdSchema.safeParse(runId)];
  if (!tenant.success || !run.success) {
    throw appError('usage', 'which run? pass --tenant-id <id> and --run-id <id> together, e.g. run_01J8ZC…');
  }
  return { tenantId: tenant.data, runId: run.data };
}
