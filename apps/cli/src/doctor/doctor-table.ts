import pc from 'picocolors';
import { printable } from '../output/printable';
import { CHECK_STATUSES, type CheckedLine, type CheckStatus } from './check';

const MARKS: Readonly<Record<CheckStatus, string>> = {
  ok: pc.green('✓'),
  warn: pc.yellow('!'),
  fail: pc.red('✗'),
  unknown: pc.dim('?'),
};
const COLUMN = 24;

/** The checklist for a person; below a line that is not as it should be, what to do about it. */
export function doctorTable(lines: readonly CheckedLine[]): string {
  return lines
    .flatMap(({ id, status, found, hint }) => [
      `${MARKS[status]} ${id.padEnd(COLUMN)}${printable(found)}`,
      ...(hint === undefined ? [] : [pc.dim(`  ${''.padEnd(COLUMN)}→ ${hint}`)]),
    ])
    .join('\n');
}

export function doctorSentence(lines: readonly CheckedLine[]): string {
  const count = (status: CheckStatus): number => lines.filter((line) => line.status === status).length;
  const failed = lines.filter(({ status }) => status === 'fail').map(({ id }) => id);
  const counts = CHECK_STATUSES.map((status) => `${count(status)} ${status}`).join(', ');
  return failed.length === 0 ? counts : `${counts}; failed: ${failed.join(', ')}`;
}
