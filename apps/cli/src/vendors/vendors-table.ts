import pc from 'picocolors';
import { durationText } from '#libs/domain';
import { readableUsd } from '#libs/kernel';
import { plainTable } from '../output/plain-table';
import { printable } from '../output/printable';
import type { VendorState } from './vendor-state';
import { closedWords, inTime } from './why-waiting';

const FOOTNOTE =
  'State: by the settings of this shell and what the cell’s calls taught. Waiting: companies in the vendor’s lane.\n' +
  'leadgen vendors explain --vendor ID says what a call of it would wait for.';

/** All vendors of a cell, one row each: can it be asked, what is used of its caps, what waits, what it cost today. */
export function vendorsTable(vendors: readonly VendorState[]): string {
  const rows = vendors.map((vendor) => [
    nameCell(vendor),
    stateCell(vendor),
    windowsCell(vendor),
    flightCell(vendor),
    vendor.lane.waiting || pc.dim('–'),
    todayCell(vendor),
  ]);
  const titles = ['Vendor', 'State', 'Used of its caps', 'In flight', 'Waiting', 'Spent today'];
  return `${plainTable(titles, rows, [3, 4, 5])}\n${pc.dim(FOOTNOTE)}`;
}

function nameCell({ standing, simulated }: VendorState): string {
  return `${pc.bold(standing.descriptor.id)}${simulated ? pc.dim(' simulated') : ''}`;
}

function stateCell({ standing, explained }: VendorState): string {
  const { closedForMs, closedWhy, breaker, probeInMs } = explained;
  if (closedForMs > 0) {
    return pc.red(
      `closed for ${durationText(closedForMs / 1_000)}\n${wrapped(printable(closedWords(closedWhy)))}`,
    );
  }
  if (breaker !== 'closed') return pc.red(`out of order\ntried ${inTime(probeInMs)}`);
  if (standing.reason !== null) return pc.dim(wrapped(standing.reason));
  return pc.green('open');
}

function windowsCell({ explained: { windows } }: VendorState): string {
  if (windows.length === 0) return pc.dim('–');
  return windows
    .map(({ name, used, limit, freesInMs }) => {
      const text = `${name} ${used}/${limit}`;
      return used >= limit ? pc.yellow(`${text}, free ${inTime(freesInMs)}`) : text;
    })
    .join('\n');
}

function flightCell({ explained: { concurrency } }: VendorState): string {
  const { used, limit } = concurrency;
  const text = `${used}/${limit}`;
  return used >= limit ? pc.yellow(text) : text;
}

/** What has no budget per day is not counted per day. */
function todayCell({ explained: { budgets } }: VendorState): string {
  const day = budgets.find(({ scope }) => scope === 'vendor_day');
  if (!day) return pc.dim('no day budget');
  return `$${readableUsd(day.spentMicro)} of $${readableUsd(day.limitMicro)}`;
}

const STATE_WIDTH = 32;

function wrapped(text: string): string {
  return text.replace(new RegExp(`(.{1,${STATE_WIDTH}})(?:\\s+|$)`, 'g'), '$1\n').trimEnd();
}
