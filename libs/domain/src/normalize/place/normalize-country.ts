import { countryOfName, isCountryCode, countryOfAlpha3, countryOfNumber } from './country-index';

/** No name of a country is longer, in any language. */
const LENGTH_MAX = 120;
/** A flag: two letters of the "regional indicator" alphabet. */
const FLAG = /[\u{1F1E6}-\u{1F1FF}]{2}/u;
const FLAG_LETTER_A = 0x1f1e6;

/**
 * ISO 3166-1 alpha-2 code of a country given as code (alpha-2, alpha-3, three digits), flag, or name in English or one of
 * some thirty other languages, however spelt; null for everything else. Never guesses: a misspelt name is null.
 */
export function normalizeCountry(text: string): string | null {
  if (text.length > LENGTH_MAX) return null;
  const trimmed = text.trim();
  const code = countryOfCode(trimmed);
  if (code !== null) return code;
  const flagged = FLAG.exec(trimmed);
  if (flagged !== null) return ofFlagged(trimmed, flagged[0]);
  return countryOfName(trimmed) ?? agreedByParts(trimmed);
}

/** By code alone, in any case and with signs around it (`[de]`, `U.S.`); `na` in small letters is "not available". */
function countryOfCode(text: string): string | null {
  if (/^\d{3}$/.test(text)) return countryOfNumber(text);
  const letters = text.length > 8 ? text : text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  if (!/^[a-z]{2,3}$/i.test(letters) || (letters.toLowerCase() === 'na' && letters !== 'NA')) return null;
  const upper = letters.toUpperCase();
  return isCountryCode(upper) ? upper : countryOfAlpha3(upper);
}

function ofFlagged(text: string, flag: string): string | null {
  const code = Array.from(flag, (sign) =>
    String.fromCharCode(65 + (sign.codePointAt(0) ?? 0) - FLAG_LETTER_A),
  ).join('');
  const rest = text.replace(flag, '').trim();
  if (!isCountryCode(code)) return null;
  return rest === '' || (rest.length < text.length && normalizeCountry(rest) === code) ? code : null;
}

/** `Germany (DE)`, `US - United States`, `AT: Austria`: parts that all say the same country, at least one by its name. */
function agreedByParts(text: string): string | null {
  const parts = text
    .split(/[()[\]/|:;,–—]+|\s-\s/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length < 2 || parts.length > 4) return null;
  const codes = parts.map((part) => countryOfCode(part) ?? countryOfName(part));
  const [first] = codes;
  if (first === undefined || first === null) return null;
  return codes.every((code) => code === first) ? first : null;
}
