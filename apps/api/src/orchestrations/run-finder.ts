import { Injectable } from '@nestjs/common';
import { appError, runIdSchema, threadIdSchema } from '#libs/contracts';
import { noteOnSpan } from '#libs/observability';
import { activeRunOfThread, RunRepository, type RunRef } from '#libs/run-state';

/** Which run of a tenant an id in a path means. Foreign, unknown and malformed ids are the same answer: `run_not_found`. */
@Injectable()
export class RunFinder {
  constructor(private readonly runs: RunRepository) {}

  /** A run id, or a thread's latest run. */
  async forReading(tenantId: string, id: string): Promise<RunRef> {
    const run = await this.named(tenantId, id);
    if ((await this.runs.state(run)) === undefined) throw runNotFound();
    return run;
  }

  /** As `forReading`, for who reads the run next and says `runNotFound` then: a run id is taken as it is. */
  async named(tenantId: string, id: string): Promise<RunRef> {
    if (runIdSchema.safeParse(id).success) return found({ tenantId, runId: id });
    if (!threadIdSchema.safeParse(id).success) throw runNotFound();
    const [runId] = await this.runs.runsOfThread(tenantId, id, 1);
    if (runId === undefined) throw runNotFound();
    return found({ tenantId, runId });
  }

  /** A run id, or a thread's single active run: `run_ambiguous`, naming them, if there are several; its latest if there is none. */
  async forAction(tenantId: string, id: string): Promise<RunRef> {
    if (runIdSchema.safeParse(id).success || !threadIdSchema.safeParse(id).success) {
      return this.forReading(tenantId, id);
    }
    const runId = await activeRunOfThread(this.runs, tenantId, id);
    return runId === undefined ? this.forReading(tenantId, id) : found({ tenantId, runId });
  }
}

/** The request's span says which run it is about. */
function found(run: RunRef): RunRef {
  noteOnSpan({ run_id: run.runId });
  return run;
}

export function runNotFound(): Error {
  return appError('run_not_found', 'this tenant has no run or thread of that id');
}
