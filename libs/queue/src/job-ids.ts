/** Of a run's id, its last characters: 60 of the 80 bits that are drawn by lot. */
const RUN_TAIL = 12;

/** Job ids carry what makes an add new: BullMQ takes an add under a used id for a repetition and drops it silently. */
export const jobIds = {
  /** `epoch`: of a retry. */
  normalize: (runId: string, epoch?: number): string =>
    epoch === undefined ? `normalize-${runId}` : `normalize-${runId}-e${epoch}`,
  export: (runId: string): string => `export-${runId}`,
  hold: (runId: string): string => `hold-${runId}`,
  webhook: (runId: string, eventId: number): string => `webhook-${runId}-${eventId}`,
  webhookAgain: (runId: string, eventId: number): string => `webhook-${runId}-${eventId}-again`,
  /**
   * A company's own hash and the end of its run's id: BullMQ makes two dozen keys of it in a job's life, and Redis takes a tenth
   * longer over keys as long as both ids would be (docs/adr/0012-short-ids-of-company-jobs.md).
   */
  company: (runId: string, companyId: string, epoch: number, hop: number): string =>
    `${companyId.replace(/^c_/, '')}-${runId.slice(-RUN_TAIL)}-e${epoch}-h${hop}`,
} as const;

/** Epoch and hop of a company's job id. Throws `RangeError` for any other id. */
export function hopOfJob(jobId: string): { epoch: number; hop: number } {
  const [, epoch, hop] = /-e(\d+)-h(\d+)$/.exec(jobId) ?? [];
  if (epoch === undefined || hop === undefined) throw new RangeError(`${jobId} is not the job of a company`);
  return { epoch: Number(epoch), hop: Number(hop) };
}
