/** What every worker of ours has in common, of a stage or of a lane. */
export const WORKER_TIMING = {
  // BullMQ's defaults take 60 s to notice a dead worker; these take 15.
  lockDuration: 10_000,
  stalledInterval: 5_000,
  // Counted over a job's whole life, so generous: five crashes of its worker, then the job is given up.
  maxStalledCount: 5,
  // An early reopening of a closed queue must be felt within a second.
  maximumRateLimitDelay: 1_000,
} as const;
