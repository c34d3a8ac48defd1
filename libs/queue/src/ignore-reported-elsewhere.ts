/**
 * Each command reports its own failure. Without a listener for `error` an EventEmitter would end the process, and ioredis
 * would write its own lines into our log.
 */
export function ignoreReportedElsewhere(): void {
  return undefined;
}
