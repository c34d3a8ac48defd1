import type { SimulatedWindow, VendorRequest, WindowState } from '../vendors/simulated-vendor.port';
import { cappedWindows, type Caps } from './caps';
import { openCount } from './open-count';
import type { WindowCount } from './window-count';

/** A request as its vendor counts it. */
export interface MeteredCall {
  op: string;
  /** Whose: a vendor counts each key for itself. */
  key: string;
  request: VendorRequest;
  /** Needs no credit. */
  isFree?: boolean | undefined;
}

/** What became of a request, and the windows that count it, in their order. */
export interface Admission {
  refusal: 'rate_limit' | 'quota' | null;
  windows: readonly WindowState[];
  /** Of the windows that were full, the one that stays so for longest. */
  full: WindowState | null;
}

/** How much of a window was used, all keys together. */
export interface WindowUse {
  name: string;
  kind: SimulatedWindow['kind'];
  limit: number;
  lengthMs: number;
  ops?: readonly string[];
  /** Units let in. */
  admitted: number;
  /** The most that one key had in it at one moment. */
  fullest: number;
}

/** One vendor's windows and credits. A request is let in if in no window it would be one too many; refused ones count nowhere. */
export class VendorMeter {
  private windows: readonly SimulatedWindow[];
  private uses: WindowUse[];
  private credits: number | null = null;
  private counts = new Map<string, readonly WindowCount[]>();
  private readonly spent = new Map<string, number>();

  constructor(private readonly documented: readonly SimulatedWindow[]) {
    this.windows = documented;
    this.uses = documented.map(unused);
  }

  /** Windows that are set begin afresh, and so do credits. What is not named stays. */
  setCaps({ windows, credits }: Caps): void {
    if (windows !== undefined) {
      this.windows = cappedWindows(windows, this.windows, this.documented);
      this.counts.clear();
      this.forgetUse();
    }
    if (credits === undefined) return;
    this.credits = credits;
    this.spent.clear();
  }

  admit({ op, key, request, isFree = false }: MeteredCall, nowMs: number): Admission {
    const counts = this.countsOf(key);
    const counted = this.windows.flatMap((window, i) => {
      const count = counts[i];
      const use = this.uses[i];
      if (!count || !use || window.ops?.includes(op) === false) return [];
      return [{ window, count, use, units: window.weigh?.(request) ?? 1 }];
    });
    const states = (): WindowState[] => counted.map(({ window, count }) => stateOf(window, count, nowMs));
    const full = counted.filter(({ window, count, units }) => count.taken(nowMs) + units > window.limit);
    if (full.length > 0) {
      const [longest = null] = full
        .map(({ window, count }) => stateOf(window, count, nowMs))
        .sort((a, b) => b.resetInMs - a.resetInMs);
      return { refusal: 'rate_limit', windows: states(), full: longest };
    }
    if (!isFree && this.credits !== null && (this.spent.get(key) ?? 0) >= this.credits) {
      return { refusal: 'quota', windows: states(), full: null };
    }
    for (const { count, use, units } of counted) {
      count.take(nowMs, units);
      use.admitted += units;
      use.fullest = Math.max(use.fullest, count.taken(nowMs));
    }
    return { refusal: null, windows: states(), full: null };
  }

  spend(key: string, units: number): void {
    this.spent.set(key, (this.spent.get(key) ?? 0) + units);
  }

  use(): readonly WindowUse[] {
    return this.uses;
  }

  forgetUse(): void {
    this.uses = this.windows.map(unused);
  }

  /** What holds now. */
  caps(): { windows: readonly SimulatedWindow[]; credits: number | null } {
    return { windows: this.windows, credits: this.credits };
  }

  private countsOf(key: string): readonly WindowCount[] {
    const known = this.counts.get(key);
    if (known) return known;
    const counts = this.windows.map(openCount);
    this.counts.set(key, counts);
    return counts;
  }
}

function stateOf({ name, limit }: SimulatedWindow, count: WindowCount, nowMs: number): WindowState {
  return { name, limit, left: Math.max(0, limit - count.taken(nowMs)), resetInMs: count.resetInMs(nowMs) };
}

function unused({ name, kind, limit, lengthMs, ops }: SimulatedWindow): WindowUse {
  return { name, kind, limit, lengthMs, ...(ops ? { ops } : {}), admitted: 0, fullest: 0 };
}
