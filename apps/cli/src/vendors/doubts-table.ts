import { plainTable } from '../output/plain-table';
import { printable } from '../output/printable';
import type { Doubt } from '#libs/vendor-gate';

/** A tenant's purchases of unknown outcome, oldest first, and what to do about them. */
export function doubtsTable(tenantId: string, doubts: readonly Doubt[]): string {
  if (doubts.length === 0) return `Nothing of ${tenantId} is in doubt.`;
  const rows = doubts.map(({ since, callId }) => [minuteOf(since), printable(callId)]);
  return [
    plainTable(['Since (UTC)', 'Call: run, company, step, vendor'], rows),
    'Sent, and no answer came: look into the vendor’s own account, then',
    `leadgen vendors resolve --tenant-id ${tenantId} --call CALL --as bought (or not-bought)`,
  ].join('\n');
}

function minuteOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}
