import { appError } from '#libs/contracts';
import { MICRO_PER_USD, type MicroUsd } from '#libs/kernel';

/** An amount as typed behind a flag, e.g. `2.50`. Throws `usage` naming the flag. */
export function microUsd(flag: string, text: string): MicroUsd {
  if (!/^\d{1,7}(?:\.\d{1,6})?$/.test(text)) {
    throw appError('usage', `${flag} ${JSON.stringify(text)}: give an amount in US dollars, e.g. 2.50`);
  }
  return Math.round(Number(text) * MICRO_PER_USD);
}
