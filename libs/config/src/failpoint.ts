const ACTIONS = { kill: 'SIGKILL', stop: 'SIGSTOP' } as const;

/**
 * A place where a chaos test can end or freeze this very process: `LEADGEN_FAILPOINT=export.after_sink:kill`.
 * Does nothing unless `NODE_ENV` is `test` and the variable names this place.
 * `kill` dies as by a power cut; `stop` freezes until somebody sends SIGCONT.
 */
export function failpoint(place: string): void {
  if (process.env.NODE_ENV !== 'test') return;
  const [wanted, action] = (process.env.LEADGEN_FAILPOINT ?? '').split(':');
  if (wanted !== place) return;
  process.kill(process.pid, ACTIONS[action === 'stop' ? 'stop' : 'kill']);
}
