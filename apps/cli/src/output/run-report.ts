import type { RunOutput, RunRecord, VendorUsage } from '#libs/contracts';
import { counted, readableUsd } from '#libs/kernel';
import { printable } from './printable';

/** A run in a few lines for a person: rows in, what matched, what it cost, what went wrong. */
export function runReport({ output, problem, status }: RunRecord): string {
  if (!output) return printable(problem?.message ?? status.message);
  const lines = [output.message];
  if (output.input) {
    const { rows, kept, merged, rejected } = output.input;
    lines.push(
      `Input   ${counted(rows, 'row')} → ${counted(kept, 'company', 'companies')}, ${merged} merged, ${rejected} rejected`,
    );
  }
  lines.push(
    `Match   ${counted(output.matched, 'company', 'companies')} matched the profile, ${output.candidates} enriched`,
  );
  lines.push(costLine(output));
  if (output.simulated)
    lines.push(
      'Offline: vendors and websites were simulated; persons, addresses, figures and news in the leads are invented',
    );
  for (const { name, missed } of output.nearest_misses.slice(0, 5)) {
    lines.push(`Nearest ${name}: ${missed.join('; ')}`);
  }
  for (const { name, reason } of output.failed.slice(0, 5)) lines.push(`Trouble ${name}: ${reason}`);
  return printable(lines.join('\n'));
}

function costLine(output: RunOutput): string {
  const { simulated, usage } = output;
  const cost = simulated ? output.simulated_cost_micro_usd : output.cost_micro_usd;
  const saved = simulated ? output.simulated_saved_micro_usd : output.saved_micro_usd;
  const vendors = usage.map(usageText);
  return [
    `Cost    $${readableUsd(cost)}${simulated ? ' simulated, nothing spent' : ''}`,
    ...(saved > 0 ? [`, $${readableUsd(saved)} saved by the ledger`] : []),
    ...(vendors.length > 0 ? [`: ${vendors.join(', ')}`] : []),
  ].join('');
}

function usageText({ vendor, calls, cached, cost_micro: cost }: VendorUsage): string {
  const ledger = cached > 0 ? ` + ${cached} from the ledger` : '';
  return `${vendor} ${counted(calls, 'call')}${ledger} ($${readableUsd(cost)})`;
}
