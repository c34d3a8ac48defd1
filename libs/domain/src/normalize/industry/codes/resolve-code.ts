import { ISIC_CODES } from './isic-codes';
import { NAICS_CODES } from './naics-codes';
import { US_SIC_CODES } from './us-sic-codes';

const ISIC = byPrefix(ISIC_CODES);
const NAICS = byPrefix(NAICS_CODES);
const US_SIC = byPrefix(US_SIC_CODES);

/** Code lists by the names people put in front; those without an own table refine ISIC. */
const SCHEMES: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  naics: NAICS,
  scian: NAICS,
  sic: US_SIC,
  ussic: US_SIC,
  uksic: ISIC,
  ssic: ISIC,
  isic: ISIC,
  nace: ISIC,
  wz: ISIC,
  ateco: ISIC,
  naf: ISIC,
  ape: ISIC,
  cnae: ISIC,
  sbi: ISIC,
  onace: ISIC,
  noga: ISIC,
  pkd: ISIC,
};

const CODE =
  /^(?:(naics|scian|us\s?sic|uk\s?sic|sic|ssic|isic|nace|wz|ateco|naf|ape|cnae|sbi|[öo]nace|noga|pkd)\s?(?:rev\.?\s?\d(?:\.\d)?|20(?:02|07|08|12|15|17|20|22|25))?(?:\s?code)?\s?[:#=-]?\s?)?([A-U])?\s?(\d{2})(?:[.\s](\d{1,2})(?:[./\s-]?(\d{1,2}))?|(\d{1,4}))?\s?([A-Z])?$/i;

/**
 * The industry of a code: `NAICS 541511`, `SSIC 62011`, `J62.01`, `SIC 7372`, `62.01`, or bare digits where their number
 * tells the list (six: NAICS, five: the ISIC family, four: US SIC, or ISIC where US SIC has none). Null for anything else.
 */
export function resolveCode(text: string): string | null {
  const match = text.length > LENGTH_MAX ? null : CODE.exec(text.trim());
  if (match === null) return null;
  const [, scheme, section, division = '', group = '', rest = '', run = '', letter] = match;
  const digits = division + (run === '' ? group + rest : run);
  if (scheme !== undefined) return inScheme(scheme, digits);
  const hasIsicSigns = section !== undefined || letter !== undefined || group !== '';
  return hasIsicSigns ? longestPrefix(ISIC, digits) : ofBareDigits(digits);
}

const LENGTH_MAX = 40;

function inScheme(name: string, digits: string): string | null {
  const table = SCHEMES[name.toLowerCase().replace(/\s/g, '').replace('ö', 'o')];
  if (table === undefined) return null;
  // The UK says "SIC", too, and has five digits.
  return longestPrefix(table === US_SIC && digits.length === 5 ? ISIC : table, digits);
}

function ofBareDigits(digits: string): string | null {
  if (digits.length === 6) return longestPrefix(NAICS, digits);
  if (digits.length === 5) return longestPrefix(ISIC, digits);
  return digits.length === 4 ? ofFourDigits(digits) : null;
}

const LIKE_A_YEAR = /^(?:19|20)/;

/** Four bare digits may be of either list: only what both agree on, or what one of them alone has, is sure. */
function ofFourDigits(digits: string): string | null {
  if (LIKE_A_YEAR.test(digits)) return null;
  const sic = longestPrefix(US_SIC, digits, 3);
  const isic = longestPrefix(ISIC, digits, 3);
  if (sic !== null && isic !== null) return sic === isic ? sic : null;
  return sic ?? isic ?? agreed(longestPrefix(US_SIC, digits), longestPrefix(ISIC, digits));
}

function agreed(a: string | null, b: string | null): string | null {
  return a === b || b === null ? a : a === null ? b : null;
}

function longestPrefix(table: ReadonlyMap<string, string>, digits: string, lengthMin = 2): string | null {
  for (let length = digits.length; length >= lengthMin; length -= 1) {
    const id = table.get(digits.slice(0, length));
    if (id !== undefined) return id;
  }
  return null;
}

function byPrefix(codes: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(codes).flatMap(([id, list]) => list.split(' ').map((code) => [code, id] as const)),
  );
}
