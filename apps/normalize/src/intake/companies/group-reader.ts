import { mergeRows, type CompanyFacts } from '#libs/domain';
import { hashText } from '../dedupe/hash-text';
import type { RowGroups } from '../dedupe/row-groups';
import { linkedParts } from './linked-parts';
import type { FactsOfRow, RowStore } from './row-store';

/** Rows of one company, and the numbers of all its rows in the input. */
export interface CompanyRows {
  /** At most `ROWS_HEARD_MAX` of them. */
  heard: FactsOfRow[];
  sourceRows: number[];
}

/** What more rows than these say of one company cannot change a sensible answer, but would have to fit into memory. */
const ROWS_HEARD_MAX = 5_000;

/** Reads what the rows of a group say. */
export class GroupReader {
  constructor(
    private readonly store: RowStore,
    private readonly groups: RowGroups,
  ) {}

  /** What the rows of a group say together. */
  merged(first: number): CompanyFacts {
    return mergeRows(this.heard(first));
  }

  /** The companies of a group: one, unless equal hashes of different keys brought strangers together. */
  companies(first: number): CompanyRows[] {
    if (this.groups.isAlone(first)) {
      const only = this.store.getInOrder(first);
      return [{ heard: [only], sourceRows: [only.row] }];
    }
    const heard = this.heard(first);
    const parts = linkedParts(heard);
    if (parts.length > 1) {
      return parts.map((part) => ({ heard: part, sourceRows: ascending(part.map(({ row }) => row)) }));
    }
    const sourceRows = [...this.groups.rowsOf(first)].map((index) => this.store.rowNumber(index));
    return [{ heard, sourceRows: ascending(sourceRows) }];
  }

  /** Of more rows than are heard, those whose content hashes lowest: chosen by what they say, not by where they stand. */
  private heard(first: number): FactsOfRow[] {
    const get = (index: number): FactsOfRow =>
      index === first ? this.store.getInOrder(index) : this.store.getAnywhere(index);
    const indexes = [...this.groups.rowsOf(first)];
    if (indexes.length <= ROWS_HEARD_MAX) return indexes.map(get);
    return indexes
      .map((index) => ({ index, hash: hashText(JSON.stringify(get(index).facts)) }))
      .sort((a, b) => a.hash - b.hash)
      .slice(0, ROWS_HEARD_MAX)
      .map(({ index }) => get(index));
  }
}

function ascending(numbers: readonly number[]): number[] {
  return [...numbers].sort((a, b) => a - b);
}
