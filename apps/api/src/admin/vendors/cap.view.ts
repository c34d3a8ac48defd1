import { isSimulatedCap, type Cap, type CapExplanation } from '#libs/vendor-gate';

/** A cap as operators see it; times are from now, ms. */
export interface CapView {
  cap: string;
  vendor: string;
  simulated: boolean;
  closed_for_ms: number;
  closed_why: string | null;
  breaker: CapExplanation['breaker'];
  faults: number;
  probe_in_ms: number;
  in_flight: { used: number; limit: number };
  windows: WindowView[];
  /** Companies that wait for it, and those of them in workers' hands. */
  waiters: { waiting: number; in_hand: number };
}

interface WindowView {
  name: string;
  kind: string;
  length_ms: number;
  used: number;
  /** What holds now: what is set or declared, or less where the vendor's answers say so. */
  limit: number;
  /** By the vendor's descriptor and the deployment's file. */
  declared: number;
  /** What an operator has set; null: nothing. */
  set: number | null;
  frees_in_ms: number;
}

export function capView({
  vendor,
  declared,
  explained,
  lane,
}: {
  vendor: string;
  declared: Cap;
  explained: CapExplanation;
  lane: { waiting: number; inHand: number };
}): CapView {
  const { closedForMs, closedWhy, breaker, faults, probeInMs, concurrency } = explained;
  return {
    cap: declared.id,
    vendor,
    simulated: isSimulatedCap(declared.id),
    closed_for_ms: closedForMs,
    closed_why: closedForMs > 0 ? closedWhy : null,
    breaker,
    faults,
    probe_in_ms: probeInMs,
    in_flight: { used: concurrency.used, limit: concurrency.limit },
    windows: declared.windows.map(({ name, kind, lengthMs, limit }, i) => {
      const now = explained.windows[i];
      const tuned = now?.declared ?? limit;
      return {
        name,
        kind,
        length_ms: lengthMs,
        used: now?.used ?? 0,
        limit: now?.limit ?? limit,
        declared: limit,
        set: tuned === limit ? null : tuned,
        frees_in_ms: now?.freesInMs ?? 0,
      };
    }),
    waiters: { waiting: lane.waiting, in_hand: lane.inHand },
  };
}
