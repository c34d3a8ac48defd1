import { appError } from '#libs/contracts';

/** A whole number as typed behind a flag. Throws `usage` naming the flag and what it takes. */
export function wholeNumber(flag: string, text: string, max: number): number {
  if (!/^[1-9]\d{0,8}$/.test(text) || Number(text) > max) {
    throw appError('usage', `${flag} ${JSON.stringify(text)}: give a whole number from 1 to ${max}`);
  }
  return Number(text);
}
