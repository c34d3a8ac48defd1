import type { CapWindow } from '#libs/vendor-gate';

/**
 * What a call takes of its cap, in calls that take one unit of the scarcest window: 1 for almost every vendor. Windows count
 * different things (requests, tokens, addresses), so that shares of them are compared, not units.
 */
export function laneUnits(windows: readonly CapWindow[]): number {
  const share = Math.max(0, ...windows.map(({ units, limit }) => units / limit));
  const scarcest = Math.min(...windows.map(({ limit }) => limit));
  return share > 0 ? share * scarcest : 1;
}
