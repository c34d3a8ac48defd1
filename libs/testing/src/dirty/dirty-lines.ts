import type { SeededRandom } from './seeded-random';
import { headerNames, type DirtyField, type DirtyLayout } from './dirty-layout';
import type { DirtyCells } from './dirty-row';

/** Cells as a line of the file, without its line end. */
export function writtenLine(cells: DirtyCells, layout: DirtyLayout, random: SeededRandom): string {
  if (layout.format === 'jsonl') return jsonLine(cells, headerNames(layout.headerStyle), random);
  const texts = Object.values(cells) as string[];
  return texts.map((text) => csvCell(text, layout.delimiter, random)).join(layout.delimiter);
}

export function headerLine({ headerStyle, delimiter }: DirtyLayout): string {
  return Object.values(headerNames(headerStyle)).join(delimiter);
}

/** A line end; `mixed` is what joining files of several systems leaves. */
export function lineEndOf({ lineEnd }: DirtyLayout, random: SeededRandom): string {
  return lineEnd === 'mixed' ? random.pick(['\n', '\r\n']) : lineEnd;
}

function csvCell(text: string, delimiter: string, random: SeededRandom): string {
  const mustQuote = text.includes(delimiter) || /["\r\n]/.test(text);
  return mustQuote || random.chance(0.1) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Lists as arrays, whole numbers as numbers and what is not known as null, here and there. */
function jsonLine(cells: DirtyCells, names: Record<DirtyField, string>, random: SeededRandom): string {
  const entries = Object.entries(cells).map(([field, text]: [string, string]): [string, unknown] => {
    const name = names[field as DirtyField];
    if (text === '') return [name, random.chance(0.5) ? null : ''];
    if (/^[1-9]\d*$/.test(text) && random.chance(0.7)) return [name, Number(text)];
    if (field === 'categories' && text.includes(', ')) return [name, text.split(', ')];
    return [name, text];
  });
  return JSON.stringify(Object.fromEntries(entries));
}
