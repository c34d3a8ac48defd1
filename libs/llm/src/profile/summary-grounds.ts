const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu;
/** Words of grammar are mostly shorter, and stand in every text. */
const CONTENT_LENGTH_MIN = 5;
/** So much of a word that its forms share: `platform`, `platforms`. */
const STEM_LENGTH = 5;
const SHARE_MIN = 0.5;
/** They fit any text about a company, and show nothing. */
const SAYS_NOTHING = new Set([
  'compan',
  'busine',
  'about',
  'their',
  'these',
  'those',
  'which',
  'other',
  'websit',
]);

/**
 * Whether a summary is one of the text: every number in it and every name (a capital inside a sentence) stands in the
 * text, and so do at least half of its longer words, by their stems. A text in another language than the summary's bears
 * out less than it could.
 */
export function isSummaryOf(text: string, summary: string): boolean {
  const ground = new Set(wordsOf(text).flatMap((word) => [word, stem(word)]));
  const isGrounded = (word: string): boolean => ground.has(word.toLowerCase()) || ground.has(stem(word));
  const numbers: string[] = summary.match(/\d+(?:[.,]\d+)*/g) ?? [];
  if (numbers.some((number) => !hasNumber(text, number))) return false;
  if (namesIn(summary).some((name) => !isGrounded(name))) return false;
  const content = wordsOf(summary).filter(
    (word) => word.length >= CONTENT_LENGTH_MIN && !SAYS_NOTHING.has(word.slice(0, 6)),
  );
  if (content.length === 0) return false;
  return content.filter(isGrounded).length / content.length >= SHARE_MIN;
}

function wordsOf(text: string): string[] {
  return (text.match(WORD) ?? []).map((word) => word.toLowerCase());
}

function stem(word: string): string {
  return word.toLowerCase().slice(0, STEM_LENGTH);
}

/** Words with a capital that no sentence begins with. */
function namesIn(summary: string): string[] {
  return summary
    .split(/(?<=[.!?])\s+/)
    .flatMap((sentence) => (sentence.match(WORD) ?? []).slice(1))
    .filter((word) => /^\p{Lu}/u.test(word));
}

/** Not as part of a longer one. */
function hasNumber(text: string, number: string): boolean {
  const numbers: string[] = text.match(/\d+(?:[.,]\d+)*/g) ?? [];
  return numbers.includes(number);
}
