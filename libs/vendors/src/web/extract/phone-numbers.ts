/** An international number as people write it; the length is bounded, so that matching is linear. */
const INTERNATIONAL = /\+\d[\d ().\u00a0/-]{5,22}\d/g;
/** A trunk zero that is not dialled from abroad: +49 (0)30 … */
const TRUNK_ZERO = /^(\+\d{1,3})[ \u00a0]?\(0\)/;
/** E.164 allows 15 digits; fewer than 7 is no subscriber's number. */
const DIGITS_MIN = 7;
const DIGITS_MAX = 15;

/** The international numbers in a text, as `+` and digits, distinct and in their order. */
export function phoneNumbers(text: string): string[] {
  const numbers = [...text.matchAll(INTERNATIONAL)].map(([number]) => canonicalNumber(number));
  return [...new Set(numbers.filter((number) => number !== null))];
}

/** A number of any spelling as digits, with `+` where it had one; null when it is none. */
export function canonicalNumber(written: string): string | null {
  const number = written.trim().replace(TRUNK_ZERO, '$1');
  const digits = number.replace(/\D/g, '');
  if (digits.length < DIGITS_MIN || digits.length > DIGITS_MAX) return null;
  return number.startsWith('+') ? `+${digits}` : digits;
}
