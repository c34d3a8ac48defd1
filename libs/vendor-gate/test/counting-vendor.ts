import type { CapWindow } from '../src/gate.port';
import { guardOf } from './gate-model';

export interface Receipt {
  at: number;
  /** By window. */
  units: Readonly<Record<string, number>>;
}

/** The most a vendor saw of its window, by its own receipt of each request and its own clock, `skew` ms off ours. */
export function busiest(window: CapWindow, receipts: readonly Receipt[], skew: number): number {
  const taken = receipts
    .map(({ at, units }) => ({ at, units: units[window.name] ?? 0 }))
    .filter(({ units }) => units > 0)
    .sort((a, b) => a.at - b.at);
  const sumOf = (list: typeof taken): number => list.reduce((sum, { units }) => sum + units, 0);
  if (window.kind === 'sliding') {
    const stretches = taken.map(({ at: end }) =>
      taken.filter(({ at }) => at > end - window.lengthMs && at <= end),
    );
    return Math.max(0, ...stretches.map(sumOf));
  }
  const stretches = new Map<number, number>();
  let opened = Number.NEGATIVE_INFINITY;
  for (const { at, units } of taken) {
    if (at >= opened + window.lengthMs) opened = at;
    const offset = Math.sign(skew) * Math.min(Math.abs(skew), guardOf(window));
    const length = window.kind === 'calendar' ? 86_400_000 : window.lengthMs;
    const stretch = window.kind === 'anchored' ? opened : Math.floor((at + offset) / length);
    stretches.set(stretch, (stretches.get(stretch) ?? 0) + units);
  }
  return Math.max(0, ...stretches.values());
}
