import type { Signal } from '#libs/contracts';

/**
 * What the headlines of one kind say, as whole words in lower case. Kinds are asked in this order: a round of money "to
 * expand and hire" is funding first.
 */
const WORDS: readonly (readonly [Signal['kind'], RegExp])[] = [
  [
    'funding',
    /\b(?:raises?|raised|funding|fundrais\w*|series [a-h]|seed (?:round|funding)|pre-seed|investors?|invests?|invested|ipo|goes public|valuation|venture capital|(?:growth|debt) financing)\b/,
  ],
  [
    'hiring',
    /\b(?:hir(?:es|ed|ing)|appoint(?:s|ed)|names? (?:new )?(?:c[a-z]o|chief|president|head|vp)|recruit(?:s|ing)|new jobs|headcount|joins as)\b/,
  ],
  [
    'expansion',
    /\b(?:expands?|expanded|expansion|opens? (?:a |an |its |new )*(?:office|plant|factory|store|hub|headquarters|site)|new (?:office|market|plant|factory|headquarters)|acquir(?:es|ed|ing)|acquisition|merg(?:es|er)|enters)\b/,
  ],
  [
    'product',
    /\b(?:launch(?:es|ed|ing)?|unveil(?:s|ed)?|introduc(?:es|ed|ing)|releases?|released|rolls? out|new (?:product|feature|version|platform)|general availability)\b/,
  ],
];

/** The kind of a headline by what it says, in any spelling of case; `news` where none of the words stands in it. */
export function signalKind(title: string): Signal['kind'] {
  const text = title.toLowerCase();
  return WORDS.find(([, words]) => words.test(text))?.[0] ?? 'news';
}
