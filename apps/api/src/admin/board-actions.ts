/** What an operator may do on the board, all of it about normalize jobs or the stage's queue. */
const ACTIONS: readonly { action: string; method: string; path: RegExp }[] = [
  { action: 'queue.paused', method: 'PUT', path: /^\/api\/queues\/normalize\/pause$/ },
  { action: 'queue.resumed', method: 'PUT', path: /^\/api\/queues\/normalize\/resume$/ },
  { action: 'queue.failed_retried', method: 'PUT', path: /^\/api\/queues\/normalize\/retry\/failed$/ },
  {
    action: 'queue.ended_cleaned',
    method: 'PUT',
    path: /^\/api\/queues\/normalize\/clean\/(completed|failed)$/,
  },
  { action: 'queue.delayed_promoted', method: 'PUT', path: /^\/api\/queues\/normalize\/promote$/ },
  {
    action: 'job.retried',
    method: 'PUT',
    path: /^\/api\/queues\/normalize\/(normalize-run_[A-Z0-9]{26})\/retry\/?$/,
  },
  {
    action: 'job.promoted',
    method: 'PUT',
    path: /^\/api\/queues\/normalize\/(normalize-run_[A-Z0-9]{26})\/promote$/,
  },
];

export type BoardAccess =
  { kind: 'look' } | { kind: 'change'; action: string; target: string } | { kind: 'refused' };

/**
 * What a request to the board is. Everything that is not a plain look and not on the list is refused: the board can also
 * empty and obliterate queues, change a job's data or remove an export's children, which no run survives.
 */
export function boardAccess(method: string, path: string): BoardAccess {
  if (method === 'GET' || method === 'HEAD') return { kind: 'look' };
  for (const { action, method: its, path: pattern } of ACTIONS) {
    const match = its === method ? pattern.exec(path) : null;
    if (match) return { kind: 'change', action, target: match[1] ?? 'normalize' };
  }
  return { kind: 'refused' };
}
