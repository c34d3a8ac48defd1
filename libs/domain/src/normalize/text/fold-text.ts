/** Letters that Unicode does not decompose into a base letter and an accent. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ĸ: 'k',
  ə: 'e',
  // The form at the end of a Greek word; lower case makes one or the other by what stands beside it.
  ς: 'σ',
};
const SPECIAL = /[ßẞøłđðþæœıħŧŋĸəς]/g;
const ASCII_WORDS = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

/**
 * The text as a key to compare by: lower case, without accents, every run of other signs one space. Letters and digits
 * of all scripts stay; apostrophes and full stops inside words vanish (`Côte d'Ivoire` → `cote divoire`, `U.S.A.` → `usa`).
 */
export function foldText(text: string): string {
  if (ASCII_WORDS.test(text)) return text;
  return stripAccents(text)
    .replace(/['’‘`´ʼ]|(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}]|$)/gu, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}

/** Lower case, and letters without their accents. Marks that are vowels of their script (Indic, Thai …) stay. */
export function stripAccents(text: string): string {
  const lower = text.normalize('NFKD').toLowerCase();
  return lower
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(SPECIAL, (letter) => LETTERS[letter] ?? letter);
}
