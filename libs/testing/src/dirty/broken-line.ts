import { headerLine } from './dirty-lines';
import type { DirtyLayout } from './dirty-layout';
import type { SeededRandom } from './seeded-random';

/** A data row that no company can be made of, without its line end. */
export function brokenLine(layout: DirtyLayout, random: SeededRandom): string {
  if (layout.format === 'jsonl') {
    return random.pick([
      '{"broken": "',
      '{"name": "Half a line", "website"',
      '["an", "array"]',
      'not json at all',
      '{}',
      '{"owner": "Kim", "description": "nobody knows which company"}',
    ]);
  }
  const { delimiter } = layout;
  const cells = (...texts: string[]): string => texts.join(delimiter);
  const rest = Array<string>(8).fill('');
  return random.pick([
    // Nothing that tells a company.
    cells('7', 'n/a', '-', 'Germany', 'Berlin', '11-50', 'Software', '2001', 'Kim', 'Who?'),
    cells('7', '', '', 'France', '', '', '', '', '', ''),
    cells('7', '-', 'N/A', ...rest.slice(1)),
    // A delimiter in a cell without quotes.
    cells('7', 'Shifted', 'Inc', 'shifted.example', 'US', 'Austin', '5', 'Software', '2001', 'Kim', 'x', 'y'),
    // A quote that is never closed.
    cells('7', '"Unclosed Works', 'unclosed.example', 'US', 'Austin', '5', 'Software', '2001', 'Kim', 'x'),
    headerLine(layout),
  ]);
}
