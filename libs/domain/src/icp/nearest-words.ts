import { distance } from 'fastest-levenshtein';

/** Farther than this share of the longer word, a word is another one and not a slip. */
const SLIP_MAX = 0.4;

/**
 * The candidates most like the word, best first, at most `most`: by edit distance, or because one starts with
 * the other or contains it as a word.
 * Empty where nothing is near enough to be meant.
 */
export function nearestWords(word: string, candidates: Iterable<string>, most: number): string[] {
  const wanted = plain(word);
  return [...candidates]
    .map((candidate) => ({ candidate, apart: apartness(wanted, plain(candidate)) }))
    .filter(({ apart }) => apart <= SLIP_MAX)
    .sort((a, b) => a.apart - b.apart || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

function apartness(wanted: string, candidate: string): number {
  const longer = Math.max(wanted.length, candidate.length);
  if (longer === 0) return 1;
  const apart = distance(wanted, candidate) / longer;
  const related =
    containsWord(wanted, candidate) || wanted.startsWith(candidate) || candidate.startsWith(wanted);
  const longEnough = Math.min(wanted.length, candidate.length) >= 3;
  return related && longEnough ? Math.min(apart, SLIP_MAX / 2) : apart;
}

function containsWord(a: string, b: string): boolean {
  return ` ${a} `.includes(` ${b} `) || ` ${b} `.includes(` ${a} `);
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[-_\s]+/g, ' ')
    .trim();
}
