import { dedupeKeys, type CompanyFacts } from '#libs/domain';
import { canonicalJson } from '#libs/kernel';
import type { WorkPacer } from '../work-pacer';
import { GrowingArray } from './growing-array';
import { hashText, type HashText } from './hash-text';
import { KeyNumbers } from './key-numbers';
import { RowGroups } from './row-groups';
import { KEY_KINDS, UnitingRound, type KeyKind, type KeysOfRows } from './uniting-round';

/** Each round follows one link further; a chain of more links is no evidence any more. */
const ROUNDS_MAX = 16;

/**
 * Says which rows are the same company, in some sixty bytes of memory per row. The same company are:
 *  1. rows with the same domain;
 *  2. a row without a domain and the one company with a domain that has the same page, else the same name and country,
 *     unless several companies have;
 *  3. rows without a domain that have the same name and country, or the same page (that of no two companies);
 *  4. rows without any of these that say exactly the same.
 * What rows become together is judged again by the same rules until nothing changes, so that reading the result again
 * merges nothing. Every rule asks sets, never who came first: the result does not depend on the order of the rows.
 */
export class CompanyIndex {
  readonly groups = new RowGroups();
  private readonly numbers: Record<KeyKind, KeyNumbers>;
  private readonly keys: KeysOfRows;

  /** `hash` only for tests of what collisions do. */
  constructor(hash: HashText = hashText) {
    const perKind = <Value>(make: () => Value): Record<KeyKind, Value> =>
      Object.fromEntries(KEY_KINDS.map((kind) => [kind, make()])) as Record<KeyKind, Value>;
    this.numbers = perKind(() => new KeyNumbers(hash));
    this.keys = perKind(() => new GrowingArray(Uint32Array));
  }

  add(facts: CompanyFacts): void {
    this.setKeys(this.groups.add(), facts);
  }

  /** Groups all rows. `merge` answers what the rows of a group say together; it must not depend on their order. */
  async settle(merge: (first: number) => CompanyFacts, pacer: WorkPacer): Promise<void> {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const changed = await this.uniteOnce(pacer);
      if (changed === undefined) return;
      for (let first = 0; first < changed.length; first += 1) {
        if (changed[first] === 0 || !this.groups.isFirst(first)) continue;
        this.setKeys(first, merge(first));
        if (pacer.isDue()) await pacer.yieldTurn();
      }
    }
  }

  /** Whether nothing but its content tells the group from others of the same name. */
  isKnownByContentOnly(first: number): boolean {
    return this.keys.domain.get(first) === 0 && this.keys.nameInCountry.get(first) === 0;
  }

  private setKeys(row: number, facts: CompanyFacts): void {
    const { domain, nameInCountry } = dedupeKeys(facts);
    const page = facts.social;
    const bare = domain === null && nameInCountry === null && page === null;
    const texts = { domain, nameInCountry, page, content: bare ? contentOf(facts) : null };
    for (const kind of KEY_KINDS) {
      const text = texts[kind];
      this.keys[kind].set(row, text === null ? 0 : this.numbers[kind].numberOf(text));
    }
  }

  /** One round; answers a mark for each group whose keys must be found anew, undefined if no groups were united. */
  private async uniteOnce(pacer: WorkPacer): Promise<Uint8Array | undefined> {
    const round = new UnitingRound(this.groups, this.keys, this.numbers);
    for (const pass of round.passes()) {
      for (let row = 0; row < this.groups.size; row += 1) {
        pass(row);
        if ((row & 0xfff) === 0 && pacer.isDue()) await pacer.yieldTurn();
      }
    }
    return round.united === 0 ? undefined : round.changed;
  }
}

/** All that a company without any identifying key says, as text. */
export function contentOf(facts: CompanyFacts): string {
  return canonicalJson(facts);
}
