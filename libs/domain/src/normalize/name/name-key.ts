import { foldText } from '../text/fold-text';
import { legalFormWords } from './legal-forms';

/** Words for "and". */
const AND = new Set(['and', 'und', 'et', 'y', 'e', 'og', 'och', 'en', 'i', 'ja']);
/** Legal forms that Eastern Europe and Asia write in front. */
const FORM_IN_FRONT = new Set(
  'ooo оао ооо зао пао ао ип тов pt cv ud 株式会社 有限会社 ㈱ 주식회사 kabushiki'.split(' '),
);
const FORMS_MAX = 4;
/** Names are cut far before this where they are cleaned. */
const LENGTH_MAX = 400;
const CJK_FORM = /(?:株式会社|有限会社|合同会社|股份有限公司|有限责任公司|有限公司|주식회사)/g;

/**
 * A company's name as a key to compare by: case, accents, punctuation, a leading "The" and legal forms at the end do not
 * count, and `&` is "and" in several languages. `Smith & Söhne GmbH` → `smith and sohne`. Empty only for a name without any
 * letter or digit; never emptied by dropping.
 */
export function nameKey(name: string): string {
  const folded = foldText(
    name
      .slice(0, LENGTH_MAX)
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
  return words.join(' ');
}

/** `Müller & Co. KG`: what stood before the form is no name's end. */
function withoutTrailingAnd(words: string[]): string[] {
  return words.length > 1 && words.at(-1) === 'and' ? words.slice(0, -1) : words;
}
