import { leaderSample, type LeaderSample } from '#libs/observability';
import type { CapExplanation, GateOperations } from '#libs/vendor-gate';
import type { CellCap } from './cell-caps';

interface WindowFill {
  used: number;
  limit: number;
}

/** How full and how closed the caps are. */
export async function capFigures(
  gate: Pick<GateOperations, 'explainCap'>,
  caps: readonly CellCap[],
  nowMs: number,
): Promise<LeaderSample[]> {
  const explained = await Promise.all(
    caps.map(async (cap) => ({ ...cap, explained: await gate.explainCap(cap.cap) })),
  );
  const byLabels = Map.groupBy(explained, ({ vendor, credential }) => `${vendor} ${credential}`);
  return [...byLabels.values()].flatMap((alike) => samplesOf(alike, nowMs));
}

/** Of several caps alike: of each window the fullest, and the closure that lasts longest. */
function samplesOf(
  alike: readonly (CellCap & { explained: CapExplanation })[],
  nowMs: number,
): LeaderSample[] {
  const [first] = alike;
  if (!first) return [];
  const { vendor, credential } = first;
  const closedForMs = Math.max(...alike.map(({ explained }) => closedFor(explained)));
  const until = closedForMs === 0 ? 0 : (nowMs + closedForMs) / 1_000;
  return [
    ...[...fullest(alike.map(({ explained }) => explained))].flatMap(([window, { used, limit }]) => [
      leaderSample('leadgen_cap_used_units', { vendor, credential, window }, used),
      leaderSample('leadgen_cap_limit_units', { vendor, credential, window }, limit),
    ]),
    leaderSample('leadgen_cap_closed', { vendor, credential }, closedForMs > 0 ? 1 : 0),
    leaderSample('leadgen_cap_closed_until_timestamp_seconds', { vendor, credential }, until),
  ];
}

function fullest(explained: readonly CapExplanation[]): Map<string, WindowFill> {
  const fills = new Map<string, WindowFill>();
  for (const { windows, concurrency } of explained) {
    for (const { name, used, limit } of [...windows, { name: 'concurrency', ...concurrency }]) {
      const known = fills.get(name);
      if (!known || share({ used, limit }) > share(known)) fills.set(name, { used, limit });
    }
  }
  return fills;
}

function share({ used, limit }: WindowFill): number {
  return limit > 0 ? used / limit : Number(used > 0);
}

/** By word or by the breaker, which opens for one probe at a time. */
function closedFor({ closedForMs, breaker, probeInMs }: CapExplanation): number {
  return Math.max(closedForMs, breaker === 'closed' ? 0 : Math.max(1, probeInMs));
}
