import { appError } from '#libs/contracts';

/** A whole number from 1 to `max` as typed behind a flag. Throws `usage` naming the flag. */
export function wholeNumber(flag: string, text: string, max: number, min = 1): number {
  if (/^\d{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text);
  throw appError('usage', `${flag} ${JSON.stringify(text)}: give a whole number from ${min} to ${max}`);
}
