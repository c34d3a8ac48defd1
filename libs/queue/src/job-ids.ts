/** Job ids carry what makes an add new: BullMQ takes an add under a used id for a repetition and drops it silently. */
export const jobIds = {
  normalize: (runId: string): string => `normalize-${runId}`,
  export: (runId: string): string => `export-${runId}`,
  company: (runId: string, companyId: string, epoch: number, hop: number): string =>
    `${runId}-${companyId}-e${epoch}-h${hop}`,
} as const;
