import { companyId, type CompanyFacts } from '#libs/domain';
import { shortHash } from '#libs/kernel';
import { contentOf } from '../dedupe/company-index';
import { GrowingArray } from '../dedupe/growing-array';
import { hashText } from '../dedupe/hash-text';
import { KeyNumbers } from '../dedupe/key-numbers';

const DISCRIMINATOR_CHARS = 16;

/**
 * Ids for companies that have neither a domain nor a name with a country: different ones of the same name would get the
 * same id. The one whose content hashes lowest keeps it, the others' ids also depend on their content.
 */
export class NamesakeIds {
  private readonly ids = new KeyNumbers();
  /** By the id's number: the lowest hash of a content that has it. */
  private readonly lowest = new GrowingArray(Float64Array);

  /** All such companies must be noted before the first discriminator is asked for. */
  note(facts: CompanyFacts): void {
    const id = this.ids.numberOf(companyId(facts));
    const hash = hashText(contentOf(facts));
    const lowest = this.lowest.get(id);
    if (lowest === 0 || hash < lowest) this.lowest.set(id, hash);
  }

  /** Undefined for the company that keeps the plain id. */
  discriminator(facts: CompanyFacts): string | undefined {
    const content = contentOf(facts);
    const lowest = this.lowest.get(this.ids.numberOf(companyId(facts)));
    return lowest === hashText(content) ? undefined : shortHash(content, DISCRIMINATOR_CHARS);
  }
}
