import { appError } from '#libs/contracts';

export interface RunRef {
  tenantId: string;
  runId: string;
}

/** How the list of active runs names a run. */
export function activeMember(run: RunRef): string {
  return `${run.tenantId}/${run.runId}`;
}

export function runNotFound(runId: string): Error {
  return appError('run_not_found', `there is no run ${runId} for this tenant: check the id and the tenant`);
}
