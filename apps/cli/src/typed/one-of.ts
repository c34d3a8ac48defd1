import { closest } from 'fastest-levenshtein';
import { appError } from '#libs/contracts';

/** One of the words a flag takes; undefined if it was not given. Throws `usage` naming the flag, the words and the nearest. */
export function oneOf<Word extends string>(flag: string, text: string, words: readonly Word[]): Word;
export function oneOf<Word extends string>(
  flag: string,
  text: string | undefined,
  words: readonly Word[],
): Word | undefined;
export function oneOf<Word extends string>(
  flag: string,
  text: string | undefined,
  words: readonly Word[],
): Word | undefined {
  if (text === undefined) return undefined;
  const word = words.find((known) => known === text);
  if (word !== undefined) return word;
  const near = closest(text, [...words]);
  throw appError('usage', `${flag} ${JSON.stringify(text)}: use ${words.join(', ')} (did you mean ${near}?)`);
}
