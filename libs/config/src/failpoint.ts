const ACTIONS = { kill: 'SIGKILL', stop: 'SIGSTOP' } as const;

/** Looked up once: reading the environment takes longer than all else that a request pays for its failpoints. */
const armed = process.env.NODE_ENV === 'test' ? process.env.LEADGEN_FAILPOINT : undefined;

const passed = new Map<string, number>();

/**
 * A place where a chaos test can end or freeze this very process: `LEADGEN_FAILPOINT=export.after_sink:kill`, or
 * `normalize.after_add:kill:2` for the second time it is passed, or `enrich.walk=c_…:kill` when it is passed with `subject`.
 * Does nothing unless `NODE_ENV` is `test` and the variable names this place.
 * `kill` dies as by a power cut; `stop` freezes until somebody sends SIGCONT.
 */
export function failpoint(place: string, subject?: string): void {
  if (armed === undefined) return;
  const [wanted, action, nth = '1'] = armed.split(':');
  if (wanted !== place && wanted !== `${place}=${subject}`) return;
  const times = (passed.get(place) ?? 0) + 1;
  passed.set(place, times);
  if (times === Number(nth)) process.kill(process.pid, ACTIONS[action === 'stop' ? 'stop' : 'kill']);
}
