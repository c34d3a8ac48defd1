import type { JobsOptions } from 'bullmq';
import { appError, STAGES, type StageName, type StagePayload } from '#libs/contracts';
import { jobIds } from './job-ids';
import { parsePayload } from './job-payload';

/** One hop of a company's walk. */
export interface CompanyHop {
  tenantId: string;
  runId: string;
  companyId: string;
  epoch: number;
  hop: number;
  /** As the company names it; else as this release names jobs. */
  jobId?: string;
}

export interface CompanyJob {
  name: string;
  data: StagePayload<'enrich'>;
  opts: JobsOptions & { jobId: string };
}

/** The job of a hop as a child of its run's export; the same in every queue a walk goes through. */
export function companyJob(prefix: string, hop: CompanyHop, priority: number): CompanyJob {
  const { tenantId, runId, companyId, epoch } = hop;
  return {
    name: STAGES.enrich.queue,
    data: parsePayload('enrich', { v: 1, tenantId, runId, companyId, hop: hop.hop, epoch }),
    opts: {
      ...attemptsOf('enrich'),
      jobId: hop.jobId ?? jobIds.company(runId, companyId, epoch, hop.hop),
      parent: { id: jobIds.export(runId), queue: `${prefix}:${STAGES.export.queue}` },
      priority,
      ignoreDependencyOnFailure: true,
      // A kept failed child that is added again would block export forever; a kept completed one swallows the add.
      removeOnComplete: true,
      removeOnFail: true,
    },
  };
}

export function attemptsOf(stage: StageName): Pick<JobsOptions, 'attempts' | 'backoff'> {
  const { attempts, backoffMs } = STAGES[stage];
  return { attempts, backoff: { type: 'exponential', delay: backoffMs, jitter: 0.5 } };
}

/** `addBulk` reports a missing parent as a negative number in place of an id and throws nothing. */
export function checkAdded(
  ids: readonly (string | number | undefined)[],
  expected: readonly CompanyJob[],
): void {
  const wrong = expected.findIndex((job, i) => ids[i] !== job.opts.jobId);
  if (wrong === -1 && ids.length === expected.length) return;
  throw appError(
    'internal',
    `BullMQ answered ${String(ids[wrong])} when company job ${String(expected[wrong]?.opts.jobId)} was added` +
      ' (-5: the run’s export job is gone)',
  );
}
