/** Looks for any of a list of words or phrases. */
export interface KeywordMatcher {
  /** The words as the tenant wrote them. */
  readonly words: readonly string[];
  /** Which of them stand in the text, as the tenant wrote them, each once. */
  find(text: string): string[];
}

/**
 * Matches whole words (and phrases), whatever their case and accents: `art` is found in `Art & Design` and not in
 * `party`. Writing systems without spaces between words match anywhere. Linear in the text's length.
 */
export function createKeywordMatcher(words: readonly string[]): KeywordMatcher {
  const byFolded = new Map(words.map((word) => [foldWord(word), word]));
  // Longest first: an alternation takes the first that fits, and `data analytics` says more than `data`.
  const alternatives = [...byFolded.keys()].sort((a, b) => b.length - a.length).map(wholeWord);
  const pattern = new RegExp(alternatives.join('|'), 'gu');
  // Most texts hold none of the words, and looking for plain text is ten times as fast as the pattern.
  const firstWords = [...byFolded.keys()].map((word) => word.split(' ', 1)[0] ?? word);
  return {
    words,
    find(text) {
      const folded = fold(text);
      if (!firstWords.some((word) => folded.includes(word))) return [];
      const found = new Set<string>();
      for (const [hit] of folded.matchAll(pattern)) found.add(byFolded.get(foldWord(hit)) ?? hit);
      return [...found];
    },
  };
}

const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]$/u;

function wholeWord(folded: string): string {
  const source = folded.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(' ', '\\s+');
  const letters = [...folded];
  const before = UNSPACED.test(letters.at(0) ?? '') ? '' : '(?<![\\p{L}\\p{N}])';
  const after = UNSPACED.test(letters.at(-1) ?? '') ? '' : '(?![\\p{L}\\p{N}])';
  return `${before}${source}${after}`;
}

/** Lower case without accents, so that `Café` and `CAFE` are the same; ASCII, by far the most, takes the short way. */
function fold(text: string): string {
  // eslint-disable-next-line no-control-regex -- the ASCII range is what is asked for
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function foldWord(word: string): string {
  return fold(word).trim().replace(/\s+/gu, ' ');
}
