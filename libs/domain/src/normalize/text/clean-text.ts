import { decodeHTML } from 'entities';
import { repairMojibake } from './repair-mojibake';

/** Printable ASCII with single spaces between words, and no entity: nothing to clean, which is most cells. */
const PLAIN = /^[\x21-\x25\x27-\x7e]+(?: [\x21-\x25\x27-\x7e]+)*$/;
/** Control characters, soft hyphens, joiners that only show in some scripts, direction marks, byte-order marks. */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex -- these characters are what is removed
  /[\0-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffd]/g;

/**
 * The text as a person would read it: HTML entities decoded, twice-encoded letters repaired (`CafÃ©`), invisible
 * characters dropped, Unicode in form NFC, runs of white space made one space, trimmed. At most `lengthMax` characters,
 * cut between words where there is a space near. Cleaning a clean text changes nothing.
 */
export function cleanText(text: string, lengthMax = 4_000): string {
  if (text.length <= lengthMax && (text === '' || PLAIN.test(text))) return text;
  // What is cut off before cleaning is more than entities and spaces could shrink a text that a person wrote.
  let clean = text.slice(0, lengthMax * 4);
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const next = cleanOnce(clean);
    if (next === clean) break;
    clean = next;
  }
  return cut(clean, lengthMax);
}

/** Decoding may reveal another entity; nobody encodes deeper than this. */
const ROUNDS_MAX = 8;

function cleanOnce(text: string): string {
  let clean = text.includes('&') ? decodeHTML(text.replace(/&(?:amp;)+/g, '&')) : text;
  clean = repairMojibake(clean);
  return clean.toWellFormed().replace(INVISIBLE, '').normalize('NFC').replace(/\s+/g, ' ').trim();
}

function cut(text: string, lengthMax: number): string {
  if (text.length <= lengthMax) return text;
  const space = text.lastIndexOf(' ', lengthMax);
  return text
    .slice(0, space > lengthMax * 0.8 ? space : lengthMax)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trim();
}
