import { distance } from 'fastest-levenshtein';

/** Farther than this share of what was typed, a word is another one and not a slip. */
const SLIP_MAX = 0.4;

/** The word that was probably meant; undefined where none is near enough, so that nobody is sent astray. */
export function nearestWord<Word extends string>(typed: string, words: readonly Word[]): Word | undefined {
  const most = Math.max(1, Math.floor(typed.length * SLIP_MAX));
  return words
    .map((word) => ({ word, apart: distance(typed.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, apart }) => apart <= most && apart < word.length)
    .sort((a, b) => a.apart - b.apart)[0]?.word;
}

/** ` (did you mean skip?)`, or nothing. */
export function didYouMean(typed: string, words: readonly string[]): string {
  const near = nearestWord(typed, words);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}
