import type { CompanyFacts } from '#libs/domain';
import { GrowingArray } from '../dedupe/growing-array';
import { ScratchFile } from '../dedupe/scratch-file';

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

  get(index: number): { row: number; facts: CompanyFacts } {
    return { row: this.rowNumber(index), facts: JSON.parse(this.texts.read(index)) as CompanyFacts };
  }

  rowNumber(index: number): number {
    return this.rowNumbers.get(index);
  }

  remove(): void {
    this.texts.remove();
  }
}
