import { cleanText } from '../text/clean-text';
import { isMissing } from '../text/is-missing';

const LENGTH_MAX = 200;
/** Names people type into a form to get past it. */
const NO_NAME =
  /^(?:(?:company|firm|business|organi[sz]ation|account|client|customer|your|my|the)?\s?(?:company )?name|company|test(?: ?company| ?account| ?\d{1,3})?|dummy|sample|example|anonymous|anon|confidential|stealth|stealth (?:mode )?(?:startup|company)|self[- ]?employed|freelance[r]?|unemployed|retired|private|individual|student|deleted|duplicate|do not use|x{2,}|\?+|total|grand total|sum)$/i;

/**
 * The name as it should be printed: entities, quotes around it, invisible characters and extra spaces removed, Unicode NFC.
 * The case is left as it is. Null for "nothing" in its many forms and for what is no name (`Test`, `Self-employed`, a bare
 * number or sign).
 */
export function cleanName(text: string): string | null {
  const clean = unquoted(cleanText(text, LENGTH_MAX));
  if (clean === '' || isMissing(clean) || NO_NAME.test(clean)) return null;
  return /[\p{L}\p{N}]/u.test(clean) ? clean : null;
}

const PAIRS: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['„', '“'],
  ['”', '”'],
  ['«', '»'],
  ['»', '«'],
  ['‘', '’'],
  ['`', '`'],
  ['*', '*'],
  ['[', ']'],
  ['<', '>'],
];

/** Takes signs off that stand around the whole and nowhere inside; also a lone separator at either end. */
function unquoted(text: string): string {
  let bare = text;
  for (let before = ''; before !== bare;) {
    before = bare;
    bare = bare.replace(/^[\s,;|:=]+|[\s,;|:=]+$/g, '');
    const pair = PAIRS.find(
      ([open, close]) => bare.length > 2 && bare.startsWith(open) && bare.endsWith(close),
    );
    if (pair !== undefined && isAroundAll(bare, pair)) bare = bare.slice(1, -1);
    else if (/^"[^"]+$/.test(bare)) bare = bare.slice(1);
    else if (/^[^"]+"$/.test(bare)) bare = bare.slice(0, -1);
    bare = bare.replaceAll('""', '"');
  }
  return bare;
}

function isAroundAll(text: string, [open, close]: readonly [string, string]): boolean {
  const inside = text.slice(1, -1);
  return !inside.includes(open) && !inside.includes(close);
}
