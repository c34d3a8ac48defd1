import { appError } from '#libs/contracts';
import { didYouMean } from './nearest-word';

/**
 * One of the words a flag takes; undefined if it was not given. Throws `usage` naming the flag, the words and the one that
 * was probably meant.
 */
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
  throw appError(
    'usage',
    `${flag} ${JSON.stringify(text)}: use ${words.join(', ')}${didYouMean(text, words)}`,
  );
}
