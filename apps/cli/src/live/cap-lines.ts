import pc from 'picocolors';
import { durationText } from '#libs/domain';
import { counted } from '#libs/kernel';
import { printable } from '../output/printable';
import type { VendorState } from '../vendors/vendor-state';
import { closedWords, inTime } from '../vendors/why-waiting';
import { bar } from './bar';
import type { Piece } from './screen-line';

/** A terminal has so many lines for vendors. */
const SHOWN = 6;

/** The caps a run works against, those most in its way; each keeps its place, so that the eye finds it again. */
export function capLines(caps: readonly VendorState[]): Piece[][] {
  const inTheWay = [...caps].sort((a, b) => fullness(b) - fullness(a)).slice(0, SHOWN);
  const lines = caps.filter((cap) => inTheWay.includes(cap)).map(capLine);
  const more = caps.length - lines.length;
  return more === 0 ? lines : [...lines, [[`  and ${counted(more, 'vendor')} more`, pc.dim]]];
}

function capLine(state: VendorState): Piece[] {
  const { standing, explained } = state;
  const name: Piece = `  ${standing.descriptor.id.padEnd(14)}`;
  const { closedForMs, closedWhy, breaker, probeInMs } = explained;
  if (closedForMs > 0) {
    const why = printable(closedWords(closedWhy));
    return [name, [`closed for ${durationText(closedForMs / 1_000)}: ${why}`, pc.yellow]];
  }
  if (breaker !== 'closed') return [name, [`out of order, tried ${inTime(probeInMs)}`, pc.yellow]];
  const cap = tightest(state);
  if (!cap) return [name, ['no cap', pc.dim]];
  const { used, limit, name: window, freesInMs } = cap;
  const full = used >= limit;
  const frees: Piece[] = full ? [[`, free ${inTime(freesInMs)}`, pc.yellow]] : [];
  return [
    name,
    [bar(used, limit), full ? pc.yellow : pc.green],
    ` ${window} ${used}/${limit}`,
    ...frees,
    waiting(state),
  ];
}

function waiting({ lane }: VendorState): Piece {
  return lane.waiting > 0 ? [`, ${lane.waiting} waiting`, pc.dim] : '';
}

/** The window that is the fullest. */
function tightest({ explained }: VendorState): VendorState['explained']['windows'][number] | undefined {
  return [...explained.windows].sort((a, b) => b.used / b.limit - a.used / a.limit)[0];
}

/** Closed is fuller than full. */
function fullness(state: VendorState): number {
  if (state.explained.closedForMs > 0) return 3;
  if (state.explained.breaker !== 'closed') return 2;
  const cap = tightest(state);
  return cap ? Math.min(1, cap.used / cap.limit) : 0;
}
