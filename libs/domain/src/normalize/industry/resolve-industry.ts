import { foldText } from '../text/fold-text';
import { NO_INDUSTRY } from './aliases/other-aliases';
import { resolveCode } from './codes/resolve-code';
import { INDUSTRIES } from './industries';

const LENGTH_MAX = 120;

/**
 * The taxonomy id that one word or phrase means: by id, title, alias, enum spelling (`COMPUTER_SOFTWARE`) or code
 * (`NAICS 541511`, `SSIC 62011`, `J62.01`). Null for words that mean no industry, and for several at once.
 */
export function resolveIndustry(text: string): string | null {
  if (text.length > LENGTH_MAX) return null;
  const key = industryKey(text);
  if (key === '' || noIndustry().has(key)) return null;
  return wholeIndustry(text) ?? codedIndustry(text) ?? (LIST.test(text) ? null : byPhrase(key));
}

/** True for words that are known to mean no industry (`B2B`, `Startups`). */
export function isNoIndustry(text: string): boolean {
  return noIndustry().has(industryKey(text));
}

/**
 * The industry whose name the text is. A text with a sign or word that joins has to be a name that has one, too, and one
 * with a comma a name with a comma: `Oil, Gas & Mining` is a name, `Travel, Hospitality` and `Retail/Software` are two,
 * though there are aliases "travel & hospitality" and "retail software".
 */
export function wholeIndustry(text: string): string | null {
  const key = industryKey(text);
  const id = idOfKey(key);
  if (id === null || (LIST.test(text) && !listKeys.has(key))) return null;
  return JOINT.test(text) && !joinedKeys.has(key) ? null : id;
}

const LIST = /[,;|>\n]/;
const JOINT = /[,;|>\n/&+]|\s(?:and|und|et)\s/i;

/** Folded, and without the words that join (`Oil, Gas & Mining` = `oil gas mining`). */
export function industryKey(text: string): string {
  return foldText(text)
    .split(' ')
    .filter((word) => !JOINING.has(word))
    .join(' ');
}

const JOINING = new Set('and und et the of for in og och'.split(' '));

let byKey: ReadonlyMap<string, string> | null = null;
const joinedKeys = new Set<string>();
const listKeys = new Set<string>();
let noIndustryKeys: ReadonlySet<string> | null = null;

function idOfKey(key: string): string | null {
  byKey ??= buildIndex();
  return (
    byKey.get(key) ?? byKey.get(`${key}s`) ?? (key.endsWith('s') ? byKey.get(key.slice(0, -1)) : null) ?? null
  );
}

/** Ids and titles first; an alias never takes a word that is an industry's own name. */
function buildIndex(): Map<string, string> {
  const index = new Map<string, string>();
  const add = (word: string, id: string): void => {
    const key = industryKey(word);
    if (!index.has(key)) index.set(key, id);
    if (JOINT.test(word)) joinedKeys.add(key);
    if (LIST.test(word)) listKeys.add(key);
  };
  for (const { id } of INDUSTRIES) add(id, id);
  for (const { id, title } of INDUSTRIES) add(title, id);
  for (const { id, aliases } of INDUSTRIES) for (const alias of aliases) add(alias, id);
  return index;
}

function noIndustry(): ReadonlySet<string> {
  noIndustryKeys ??= new Set(NO_INDUSTRY.map(industryKey));
  return noIndustryKeys;
}

/** The industry of a code, with or without its title behind it. */
export function codedIndustry(text: string): string | null {
  return resolveCode(text) ?? behindCode(text);
}

/** `62012 - Business and domestic software development`, `5415 Computer Systems Design`: the code in front decides. */
function behindCode(text: string): string | null {
  const [, code, title] = /^\s*([A-Z]?\d[\d.]{2,7}[A-Z]?)\s*[-–:.)]?\s+(\D.*)$/i.exec(text) ?? [];
  if (code === undefined || title === undefined) return null;
  return resolveCode(code) ?? idOfKey(industryKey(title));
}

/** Words around an industry's name that add nothing. */
const FILLERS = new Set(
  (
    'industry industries sector company companies services service solutions solution products product provider providers business ' +
    'businesses firm firms agency agencies group branche dienstleistungen manufacturer manufacturers supplier suppliers related ' +
    'startup startups platform platforms systems system technology technologies tech market space field vertical niche other general'
  ).split(' '),
);
/** In English the last word is what the thing is: `Fleet Management Software` is software. */
const HEADS: Readonly<Record<string, string>> = {
  software: 'software',
  saas: 'software',
  app: 'mobile_apps',
  apps: 'mobile_apps',
  consulting: 'management_consulting',
  consultancy: 'management_consulting',
  manufacturing: 'manufacturing',
  manufacture: 'manufacturing',
  insurance: 'insurance',
  logistics: 'logistics',
  construction: 'construction',
  retail: 'retail',
  wholesale: 'wholesale',
  marketing: 'marketing',
  advertising: 'advertising',
  banking: 'banking',
  lending: 'lending',
  hospitals: 'hospitals',
  restaurants: 'restaurants',
  pharmaceuticals: 'pharmaceuticals',
  biotechnology: 'biotechnology',
  analytics: 'analytics',
  robotics: 'robotics',
  publishing: 'publishing',
  broadcasting: 'broadcasting',
  marketplace: 'marketplaces',
  ecommerce: 'e_commerce',
  cybersecurity: 'cybersecurity',
  recruiting: 'staffing',
  staffing: 'staffing',
  recruitment: 'staffing',
  training: 'training',
  farming: 'agriculture',
  wholesaling: 'wholesale',
  engineering: 'engineering_services',
  fintech: 'fintech',
};
const WORDS_MAX = 6;

/** Without filler words at its end or front, else by its last word. */
function byPhrase(key: string): string | null {
  const words = key.split(' ');
  if (words.length < 2 || words.length > WORDS_MAX) return null;
  const last = words.at(-1) ?? '';
  if (FILLERS.has(last)) {
    const shorter = words.slice(0, -1).join(' ');
    return noIndustry().has(shorter) ? null : (idOfKey(shorter) ?? byPhrase(shorter));
  }
  const [first = ''] = words;
  if (FILLERS.has(first)) return idOfKey(words.slice(1).join(' '));
  return Object.hasOwn(HEADS, last) ? (HEADS[last] ?? null) : null;
}
