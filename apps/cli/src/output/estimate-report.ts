import pc from 'picocolors';
import type { RunEstimate } from '#libs/contracts';
import { durationText } from '#libs/domain';
import { counted, readableUsd } from '#libs/kernel';
import { plainTable } from './plain-table';

/** What a run is expected to take, for a person who decides whether to start it: calls per vendor, money, time, and why. */
export function estimateReport(estimate: RunEstimate): string {
  const { companies, known_in_ledger: known, calls_total: total } = estimate;
  const asked = counted(companies, 'company', 'companies');
  return [
    `Ask     about ${asked}${known > 0 ? `, ${known} of them known already from the ledger, at no cost` : ''}`,
    `Calls   about ${total}`,
    ...(total > 0 ? [callsTable(estimate)] : []),
    costLine(estimate),
    timeLine(estimate),
    ...budgetLine(estimate),
    'Nothing was bought. The same command without --dry-run starts the run.',
  ].join('\n');
}

function callsTable({ calls }: RunEstimate): string {
  const rows = calls.map(({ vendor, calls: n }) => [vendor, n]);
  return plainTable(['Vendor', 'Calls'], rows, [1]);
}

function costLine({ cost_micro: { low, expected, high } }: RunEstimate): string {
  return `Cost    about $${readableUsd(expected)}, between $${readableUsd(low)} and $${readableUsd(high)}`;
}

function timeLine({ seconds, bound_by: bound }: RunEstimate): string {
  const time = `Time    about ${durationText(seconds)}`;
  return bound
    ? `${time}, decided by the cap of ${bound.vendor}: ${bound.cap}`
    : `${time}; no vendor's cap slows it down`;
}

function budgetLine({ budget_micro: budget, cost_micro: { expected, high } }: RunEstimate): string[] {
  if (budget === null) return [];
  const verdict =
    expected > budget
      ? pc.red('less than it is expected to cost: it would end with steps left out')
      : high > budget
        ? pc.yellow('enough if it goes as expected')
        : pc.green('enough in any case');
  return [`Budget  $${readableUsd(budget)}: ${verdict}`];
}
