import pc from 'picocolors';
import type { RunEvent } from '#libs/contracts';
import { printable } from '../output/printable';
import { shownTime } from '../output/shown-times';

/** One event for a person: when, its number, where the run was, what happened. */
export function eventLine({ id, at, type, phase, message }: RunEvent): string {
  const name = type === 'progress' ? '' : pc.dim(` ${type}`);
  return `${pc.dim(shownTime(at))} ${pc.dim(`#${id}`.padStart(6))} ${pc.bold(phase.padEnd(9))} ${printable(message)}${name}`;
}
