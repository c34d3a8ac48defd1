import type { CompanyFacts } from '#libs/domain';
import { GrowingArray } from '../dedupe/growing-array';
import { ScratchFile } from '../dedupe/scratch-file';

/** What a row says, and its 1-based number in the input. */
export interface FactsOfRow {
  row: number;
  facts: CompanyFacts;
}

/** What usable rows say, kept on disk, by the order in which they were added (0 first). */
export class RowStore {
  private readonly rowNumbers = new GrowingArray(Uint32Array);
  private readonly texts: ScratchFile;

  constructor(scratchDir: string) {
    this.texts = new ScratchFile(scratchDir);
  }

  /** `row`: its 1-based number in the input. */
  add(row: number, facts: CompanyFacts): void {
    this.rowNumbers.push(row);
    this.texts.append(JSON.stringify(facts));
  }

  /** For reading on and on; a look elsewhere is `getAnywhere`. */
  getInOrder(index: number): FactsOfRow {
    return this.parsed(index, this.texts.readInOrder(index));
  }

  getAnywhere(index: number): FactsOfRow {
    return this.parsed(index, this.texts.readAnywhere(index));
  }

  rowNumber(index: number): number {
    return this.rowNumbers.get(index);
  }

  remove(): void {
    this.texts.remove();
  }

  private parsed(index: number, text: string): FactsOfRow {
    return { row: this.rowNumber(index), facts: JSON.parse(text) as CompanyFacts };
  }
}
