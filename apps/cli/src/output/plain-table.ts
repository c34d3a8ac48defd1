import Table from 'cli-table3';
import pc from 'picocolors';

/** Rows close together under bold titles; `right`: the columns of numbers, by their place. */
export function plainTable(
  titles: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  right: readonly number[] = [],
): string {
  const table = new Table({
    head: titles.map((title) => pc.bold(title)),
    colAligns: titles.map((_title, i) => (right.includes(i) ? 'right' : 'left')),
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    style: { head: [], border: [] },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
