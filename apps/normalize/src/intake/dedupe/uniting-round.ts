import type { GrowingArray } from './growing-array';
import type { KeyNumbers } from './key-numbers';
import type { RowGroups } from './row-groups';

export const KEY_KINDS = ['domain', 'nameInCountry', 'page', 'content'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** Of each row, and for a group's first row of the group: the number of its key, 0 for none. */
export type KeysOfRows = Readonly<Record<KeyKind, GrowingArray<Uint32Array>>>;

/** A key that speaks of several domains identifies none of them. */
const AMBIGUOUS = 0xffff_ffff;

/** One application of the rules of `CompanyIndex` to the groups there are when it begins. */
export class UnitingRound {
  /** How many groups were united with another. */
  united = 0;
  /** By a group's first row: 1 if its keys must be found anew. */
  readonly changed: Uint8Array;
  /** The first rows of the groups as the round begins. */
  private readonly isUnit: Uint8Array;
  /** By page or name: the number of the one domain that has it, or `AMBIGUOUS`. */
  private readonly domainOf: { page: Uint32Array; nameInCountry: Uint32Array };
  /** By key: a row that has it, plus 1. */
  private readonly owner: Record<KeyKind, Uint32Array>;

  constructor(
    private readonly groups: RowGroups,
    private readonly keys: KeysOfRows,
    numbers: Readonly<Record<KeyKind, KeyNumbers>>,
  ) {
    const perNumber = (kind: KeyKind): Uint32Array => new Uint32Array(numbers[kind].count + 1);
    this.changed = new Uint8Array(groups.size);
    this.isUnit = new Uint8Array(groups.size);
    for (let row = 0; row < groups.size; row += 1) this.isUnit[row] = groups.isFirst(row) ? 1 : 0;
    this.domainOf = { page: perNumber('page'), nameInCountry: perNumber('nameInCountry') };
    this.owner = {
      domain: perNumber('domain'),
      nameInCountry: perNumber('nameInCountry'),
      page: perNumber('page'),
      content: perNumber('content'),
    };
  }

  /** The passes to make over all rows, one after the other. */
  passes(): ((row: number) => void)[] {
    const passes = [
      (row: number) => this.notePointers(row),
      (row: number) => this.join('domain', row),
      (row: number) => this.placeWithoutDomain(row),
    ];
    return passes.map((pass) => (row) => {
      if (this.isUnit[row] === 1) pass(row);
    });
  }

  /** Which domain a page or a name speaks of: known for all rows before any is judged by it. */
  private notePointers(row: number): void {
    const domain = this.keys.domain.get(row);
    if (domain === 0) return;
    for (const kind of ['page', 'nameInCountry'] as const) {
      const key = this.keys[kind].get(row);
      if (key === 0) continue;
      const known = this.domainOf[kind][key];
      this.domainOf[kind][key] = known === 0 || known === domain ? domain : AMBIGUOUS;
    }
  }

  private placeWithoutDomain(row: number): void {
    if (this.keys.domain.get(row) !== 0) return;
    const page = this.keys.page.get(row);
    const name = this.keys.nameInCountry.get(row);
    const byPage = this.domainOf.page[page] ?? 0;
    const byName = this.domainOf.nameInCountry[name] ?? 0;
    const domain = [byPage, byName].find((pointed) => pointed !== 0 && pointed !== AMBIGUOUS);
    if (domain !== undefined) {
      this.unite(row, (this.owner.domain[domain] as number) - 1);
      return;
    }
    this.join('nameInCountry', row);
    if (byPage !== AMBIGUOUS) this.join('page', row);
    this.join('content', row);
  }

  /** Unites the row with the others of this round that have its key of a kind. */
  private join(kind: KeyKind, row: number): void {
    const key = this.keys[kind].get(row);
    if (key === 0) return;
    const owner = this.owner[kind][key] as number;
    if (owner === 0) this.owner[kind][key] = row + 1;
    else this.unite(row, owner - 1);
  }

  private unite(a: number, b: number): void {
    const [left, right] = [this.groups.groupOf(a), this.groups.groupOf(b)];
    if (left === right) return;
    const first = this.groups.unite(left, right);
    const other = first === left ? right : left;
    this.united += 1;
    if (this.changed[other] === 1 || !this.haveSameKeys(first, other)) this.changed[first] = 1;
  }

  /** Groups that agree in every key keep it: only others must be read to learn what they say together. */
  private haveSameKeys(a: number, b: number): boolean {
    const { domain, nameInCountry, page } = this.keys;
    return (
      nameInCountry.get(a) !== 0 &&
      nameInCountry.get(a) === nameInCountry.get(b) &&
      page.get(a) === page.get(b) &&
      domain.get(a) === domain.get(b)
    );
  }
}
