/** A lane to serve. */
export interface LaneSpec {
  capId: string;
  /** Calls the cap carries at once: no more companies of its lane are in one process's hands. */
  concurrency: number;
}

/** The lanes a process serves, in whose hands ever it is to name them: those of all usable vendors, and later ones. */
export class LaneList {
  private readonly specs = new Map<string, LaneSpec>();
  private serve: ((spec: LaneSpec) => void) | undefined;

  /** `isOurs`: false for a lane that other processes serve. */
  constructor(
    specs: readonly LaneSpec[] = [],
    private readonly isOurs: (capId: string) => boolean = () => true,
  ) {
    for (const spec of specs) this.add(spec);
  }

  /** A lane named already stays as it is, one of others' is left to them. */
  add(spec: LaneSpec): void {
    if (this.specs.has(spec.capId) || !this.isOurs(spec.capId)) return;
    this.specs.set(spec.capId, spec);
    this.serve?.(spec);
  }

  /** `serve` is called once for each lane, those of now and those to come. */
  onEach(serve: (spec: LaneSpec) => void): void {
    this.serve = serve;
    for (const spec of this.specs.values()) serve(spec);
  }
}
