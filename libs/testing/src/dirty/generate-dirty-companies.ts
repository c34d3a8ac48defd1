import { dirtyEntity } from './dirty-entity';
import { headerLine, lineEndOf, writtenLine } from './dirty-lines';
import type { DirtyLayout } from './dirty-layout';
import { brokenLine } from './broken-line';
import { dirtyRow, type RowTruth } from './dirty-row';
import { seededRandom } from './seeded-random';

export interface DirtyOptions {
  seed: number;
  /** Data rows, broken ones included. */
  rows: number;
  layout?: Partial<DirtyLayout>;
  /** Of the rows, how many speak of a company again. */
  duplicateShare?: number;
  brokenShare?: number;
}

/** A piece of the file: a data row with what is true of it, or something around the rows (`row` null). */
export interface DirtyLine {
  /** With its line end. */
  text: string;
  row: { number: number; truth: DirtyTruth } | null;
}

/** `entity`: which company the row speaks of; null for a row that must be rejected. */
export type DirtyTruth = ({ entity: number } & RowTruth) | { entity: null };

const PLAIN: DirtyLayout = {
  format: 'csv',
  delimiter: ',',
  lineEnd: '\n',
  encoding: 'utf-8',
  headerStyle: 0,
  preamble: [],
};

/**
 * A file of companies with all the dirt people's files have, and with known answers: duplicates in other spellings,
 * neighbours that only look like duplicates, sizes, years, countries and websites in all spellings, broken rows.
 * The same options give the same file; memory does not grow with it. Line by line, since a test may want other orders.
 */
export function* generateDirtyCompanies(options: DirtyOptions): Generator<DirtyLine> {
  const { seed, rows, duplicateShare = 0.25, brokenShare = 0.02 } = options;
  const layout: DirtyLayout = { ...PLAIN, ...options.layout };
  const isLatin = layout.encoding === 'windows-1252';
  const endings = seededRandom(seed, 0, 4);
  const around = (text: string): DirtyLine => ({ text: text + lineEndOf(layout, endings), row: null });
  if (layout.format === 'csv') {
    for (const line of layout.preamble) yield around(line);
    yield around(headerLine(layout));
  }
  let entities = 0;
  for (let number = 1; number <= rows; number += 1) {
    const random = seededRandom(seed, number, 5);
    if (random.chance(0.005)) yield around('');
    if (random.chance(brokenShare)) {
      const text = brokenLine(layout, random) + lineEndOf(layout, endings);
      yield { text, row: { number, truth: { entity: null } } };
      continue;
    }
    const again = entities > 0 && random.chance(duplicateShare);
    const index = again ? random.below(entities) : entities;
    if (!again) entities += 1;
    const { cells, truth } = dirtyRow(dirtyEntity(seed, index), random, isLatin);
    const text = writtenLine(cells, layout, random) + lineEndOf(layout, endings);
    yield { text, row: { number, truth: { entity: index, ...truth } } };
  }
}

/** The layout that `options.layout` stands for. */
export function dirtyLayout(layout: Partial<DirtyLayout> = {}): DirtyLayout {
  return { ...PLAIN, ...layout };
}
