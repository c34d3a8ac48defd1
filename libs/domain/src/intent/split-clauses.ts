/** Auxiliaries that only carry a "not". */
const AUXILIARY_NOT =
  /\b(?:do|does|did|should|must|can|could|will|would|shall|may|might|is|are|am|was|were|have|has|had|need) not\b/g;

/**
 * A text as clauses, each of them parts joined by "and"/"or", each part a list of lower-case words. Contractions are
 * spelt out (`don't` → `not`), hyphens separate words (`dry-run` → `dry run`).
 */
export function splitClauses(text: string): string[][][] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/\b(?:dont|don t)\b/g, "don't")
    .replace(/\bcannot\b|\bcant\b/g, "can't")
    .replace(
      /\b(\w+?)n't\b/g,
      (_all, verb: string) => `${verb === 'ca' ? 'can' : verb === 'wo' ? 'will' : verb} not`,
    )
    .replace(/\b(?:up to|as far as|down to)\b/g, ' until ')
    .replace(/[&+]/g, ' and ')
    .replace(/[-_/]/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .replace(AUXILIARY_NOT, 'not');
  return plain
    .split(/[.,;:!?()\n\r]+|\b(?:but|then)\b/)
    .map((clause) => clause.split(/\b(?:and|or|plus)\b/).map(words))
    .map((parts) => parts.filter((part) => part.length > 0))
    .filter((parts) => parts.length > 0);
}

function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
