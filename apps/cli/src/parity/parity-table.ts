import pc from 'picocolors';
import { plainTable } from '../output/plain-table';
import { printable } from '../output/printable';
import type { Check, ThreadComparison } from './compare-threads';
import type { ParityVerdict } from './parity-verdict';

/** The comparison for a person: what differs of each thread, a line per day, the verdict. */
export function parityTable({ threads, days, passed, message }: ParityVerdict): string {
  const rows = threads.flatMap(threadRows);
  return [
    plainTable(['Thread', 'What', 'Before', 'Here', ''], rows),
    plainTable(
      ['Day', 'Threads', ''],
      days.map((day) => [day.day, day.threads, mark(day.passed)]),
      [1],
    ),
    passed ? pc.green(message) : pc.red(message),
  ].join('\n');
}

function threadRows({ thread_id: id, checks }: ThreadComparison): string[][] {
  const name = printable(id);
  if (checks.length === 0) return [[name, 'run', 'there', 'none of this thread', mark(false)]];
  return checks.map(({ what, legacy, ours, passed }, i) => [
    i === 0 ? name : '',
    what,
    printable(legacy),
    printable(ours),
    mark(passed),
  ]);
}

function mark(passed: Check['passed']): string {
  if (passed === null) return pc.dim('·');
  return passed ? pc.green('✓') : pc.red('✗');
}
