import { formatUsd } from '#libs/kernel';
import type { VendorState } from './vendor-state';

/** A vendor's state as machines read it; times are from now, ms. */
export function vendorLine({
  standing,
  simulated,
  cap,
  explained,
  lane,
}: VendorState): Record<string, unknown> {
  const { descriptor, usable, reason } = standing;
  const { concurrency, windows, budgets, breaker, faults, probeInMs, closedForMs, closedWhy } = explained;
  const day = budgets.find(({ scope }) => scope === 'vendor_day');
  return {
    vendor: descriptor.id,
    cap: cap.id,
    simulated,
    usable,
    reason,
    closed_for_ms: closedForMs,
    closed_why: closedForMs > 0 ? closedWhy : null,
    breaker,
    faults,
    probe_in_ms: probeInMs,
    in_flight: { used: concurrency.used, limit: concurrency.limit, lapsed: concurrency.lapsed },
    windows: windows.map(({ name, used, limit, declared, freesInMs }) => ({
      name,
      used,
      limit,
      declared,
      frees_in_ms: freesInMs,
    })),
    lane: { waiting: lane.waiting, in_hand: lane.inHand },
    // Only what has a budget is counted per day.
    spent_today_usd: day ? formatUsd(day.spentMicro) : null,
    day_budget_usd: day ? formatUsd(day.limitMicro) : null,
  };
}
