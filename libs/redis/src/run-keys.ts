/** What every company of a run is walked with: the same text each time, not one that says the same. */
export interface RunKeys {
  readonly run: string;
  readonly events: string;
  readonly parked: string;
  /** What the keys of its companies begin with. */
  readonly companies: string;
}

const RUNS_MAX = 500;

/** Made once per run: they are written into commands hundreds of times a second, and compared with those of the command before. */
export class KeysOfRuns {
  private readonly known = new Map<string, { tenantId: string; keys: RunKeys }>();

  constructor(private readonly root: string) {}

  of(tenantId: string, runId: string): RunKeys {
    const known = this.known.get(runId);
    if (known?.tenantId === tenantId) return known.keys;
    const key = (name: string): string => `${this.root}:${tenantId}:${name}:${runId}`;
    const keys = {
      run: key('run1'),
      events: key('events1'),
      parked: key('parked1'),
      companies: `${key('company1')}:`,
    };
    if (this.known.size >= RUNS_MAX) this.known.clear();
    this.known.set(runId, { tenantId, keys });
    return keys;
  }
}
