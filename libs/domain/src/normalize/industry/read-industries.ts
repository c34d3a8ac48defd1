import { isMissing } from '../text/is-missing';
import { INDUSTRIES } from './industries';
import { codedIndustry, industryKey, isNoIndustry, resolveIndustry, wholeIndustry } from './resolve-industry';

/** What the industry cells of a row say. */
export interface IndustryFacts {
  industry: string | null;
  /** Sorted, each once. */
  industries: string[];
}

/** Industries that say how a company works more than what it is in; the primary one is another if there is another. */
const VAGUE = new Set([
  'internet',
  'mobile_apps',
  'business_services',
  'consumer_services',
  'professional_services',
  'social_networks',
]);
const PARENTS = new Map(INDUSTRIES.map(({ id, parent }) => [id, parent]));
const LENGTH_MAX = 1_000;
/** A link's words are a name, not what a company does. */
const LINK = /^\s*(?:https?:\/\/|www\.)\S*\s*$/i;

/**
 * The industries of one cell, in its order. Separators are `;`, `|`, `>`, line breaks, then `,` and `/`, then `&`, unless the
 * parts together are a known name (`Oil, Gas & Mining`). Ids of the taxonomy alone are always a list: `oil_gas, mining` is
 * what a lead or the API says of a company in two industries, and both are read again. A phrase without separators is read
 * word by word only if every word of it is understood (`SaaS Software News`). What is not known is dropped.
 */
export function readIndustries(text: string): string[] {
  if (isMissing(text) || LINK.test(text)) return [];
  const cell = text
    .slice(0, LENGTH_MAX)
    .replace(/^\s*[[{(]|[\])}]\s*$/g, '')
    .replace(/["']/g, (sign) => (sign === '"' ? ' ' : sign));
  const listed = listOfIds(cell);
  if (listed !== null) return listed;
  // `Analytics; Software` is a list, though without its sign it would be the name of one industry.
  const whole = /[;|\n\r]/.test(cell) ? null : wholeIndustry(cell);
  if (whole !== null) return [whole];
  const ids = cell.split(/-*>|[;|\n\r›•·]+/).flatMap((part) => ofPart(part));
  return [...new Set(ids)];
}

/**
 * Primary and all industries of the ids in cell order. Primary is the first that is not vague, else the first; and where a
 * part of it is listed too (`Software, Analytics`), that part, since it says the same more exactly.
 */
export function pickPrimary(ids: readonly string[]): IndustryFacts {
  const first = ids.find((id) => !VAGUE.has(id)) ?? ids[0] ?? null;
  const part = first === null ? undefined : ids.find((id) => PARENTS.get(id) === first && !VAGUE.has(id));
  return { industry: part ?? first, industries: [...new Set(ids)].sort() };
}

/** The ids, each once, if the cell is nothing but ids with signs between. */
function listOfIds(cell: string): string[] | null {
  const ids = cell.split(/[,;|]/).map((id) => id.trim());
  return ids.every((id) => PARENTS.has(id)) ? [...new Set(ids)] : null;
}

function ofPart(part: string): string[] {
  const trimmed = part.trim();
  if (trimmed === '') return [];
  const id = wholeIndustry(trimmed);
  if (id !== null) return [id];
  return longestFirst(trimmed.split(/([,/])/));
}

/** The most names that one name of the tables joins with `,` or `/`. */
const JOINED_MAX = 6;

/** Of names with signs between (`a`, `,`, `b`, `/`, `c`), the longest run that is one name of the tables counts as one. */
function longestFirst(namesAndSigns: readonly string[]): string[] {
  const ids: string[] = [];
  for (let i = 0; i < namesAndSigns.length;) {
    let length = Math.min(2 * JOINED_MAX - 1, namesAndSigns.length - i);
    let id: string | null = null;
    for (; length > 1; length -= 2) {
      id = wholeIndustry(namesAndSigns.slice(i, i + length).join(''));
      if (id !== null) break;
    }
    ids.push(...(id === null ? ofSegment(namesAndSigns[i] ?? '') : [id]));
    i += length + 1;
  }
  return ids;
}

function ofSegment(segment: string): string[] {
  if (isNoIndustry(segment)) return [];
  const id = wholeIndustry(segment) ?? codedIndustry(segment);
  if (id !== null) return [id];
  const strung = wordByWord(segment);
  // `Real Estate Software` is software first: in English the last word is what the thing is.
  if (strung.length > 0)
    return strung.at(-1) === 'software' && !/[&+]/.test(segment) ? ['software', ...strung] : strung;
  // `Legal & Compliance`: only where a part of it is understood by itself.
  const parts = segment.split(/&|\+|\s(?:and|und|et|y|e|or|-|–)\s|:/i);
  if (parts.length > 1 && parts.length < 8) {
    const found = parts
      .map((part) => wholeIndustry(part) ?? resolveIndustry(part))
      .filter((found) => found !== null);
    if (found.length > 0) return found;
  }
  const resolved = resolveIndustry(segment);
  return resolved === null ? [] : [resolved];
}

const WORDS_MAX = 12;
const PHRASE_MAX = 4;

/** Names strung together without signs between: only if all of it is known, else none of it. */
function wordByWord(segment: string): string[] {
  const words = industryKey(segment).split(' ');
  if (words.length < 2 || words.length > WORDS_MAX) return [];
  const ids: string[] = [];
  for (let i = 0; i < words.length;) {
    let taken = 0;
    for (let length = Math.min(PHRASE_MAX, words.length - i); length > 0 && taken === 0; length -= 1) {
      const phrase = words.slice(i, i + length).join(' ');
      const id = wholeIndustry(phrase);
      if (id !== null) ids.push(id);
      if (id !== null || isNoIndustry(phrase)) taken = length;
    }
    if (taken === 0) return [];
    i += taken;
  }
  return ids;
}
