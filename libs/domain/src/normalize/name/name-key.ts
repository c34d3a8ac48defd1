import { foldText } from '../text/fold-text';
import { legalFormWords } from './legal-forms';

/** Words for "and". */
const AND = new Set(['and', 'und', 'et', 'y', 'e', 'og', 'och', 'en', 'i', 'ja']);
/** Legal forms that Eastern Europe, Asia and France write in front; also what German lists do. */
const FORM_IN_FRONT = new Set(
  'ooo оао ооо зао пао ао ип тов pt cv ud 株式会社 有限会社 ㈱ 주식회사 kabushiki sarl sas sasu eurl selarl snc sci firma'.split(
    ' ',
  ),
);
const FORMS_MAX = 4;
/** Names are cut far before this where they are cleaned. */
const LENGTH_MAX = 400;
const CJK_FORM =
  /(?:株式会社|有限会社|合同会社|股份有限公司|有限责任公司|有限公司|주식회사|[（(][株有][）)]|㈱|㈲|㈜|[（(]주[）)])/g;
/** They would be read as letters: `Acme™` as "acmetm". */
const TRADE_MARK = /[™®©℠]|\((?:tm|r|c)\)/gi;
/** Where `Müller` and `Mueller` are one name. Elsewhere the letters mean something else (`Puerto`, `Boeing`). */
const GERMAN_SPEAKING = new Set(['DE', 'AT', 'CH', 'LI']);
/** Not behind a vowel or `q` (`Bauer`, `Frequenz`), nor at the end of a word (`Blue`, `Joe`), nor in `Aero`. */
const UMLAUT_AS_TWO = /(?<![aeiouq])(?:([ou])e|(a)e(?!ro))(?=[a-z])/g;
/** Abbreviations that stand for one word in names of companies. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['intl', 'international'],
  ['natl', 'national'],
  ['mfg', 'manufacturing'],
  ['bros', 'brothers'],
  ['svcs', 'services'],
  ['mgmt', 'management'],
]);

/**
 * A company's name as a key to compare by: case, accents, punctuation, a leading "The" and legal forms at the end do not
 * count, and `&` is "and" in several languages. `Smith & Söhne GmbH` → `smith and sohne`. Empty only for a name without any
 * letter or digit; never emptied by dropping. `country`: where the company is, as ISO 3166-1 alpha-2; in German-speaking ones
 * an umlaut written as two letters does not count either.
 */
export function nameKey(name: string, country: string | null = null): string {
  const folded = foldText(
    name
      .slice(0, LENGTH_MAX)
      .replace(TRADE_MARK, ' ')
      .replace(/[&+]/g, ' and ')
      .replace(CJK_FORM, (form) => (name.trim() === form ? form : ' ')),
  );
  if (folded === '') return '';
  let words = folded.split(' ').map((word, i) => (i > 0 && AND.has(word) ? 'and' : word));
  if (words.length > 1 && words[0] === 'the') words = words.slice(1);
  for (let i = 0; i < FORMS_MAX; i += 1) {
    const form = legalFormWords(words);
    if (form === 0) break;
    words = withoutTrailingAnd(words.slice(0, -form));
  }
  if (words.length > 1 && FORM_IN_FRONT.has(words[0] ?? '')) words = words.slice(1);
  const key = words.map((word) => SHORT.get(word) ?? word).join(' ');
  return country !== null && GERMAN_SPEAKING.has(country) ? key.replace(UMLAUT_AS_TWO, '$1$2') : key;
}

/** `Müller & Co. KG`: what stood before the form is no name's end. */
function withoutTrailingAnd(words: string[]): string[] {
  return words.length > 1 && words.at(-1) === 'and' ? words.slice(0, -1) : words;
}
