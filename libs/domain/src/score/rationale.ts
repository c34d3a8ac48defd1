import type { ScoreFeature } from '#libs/contracts';

const STRONG = 0.7;
const WEAK = 0.5;
/** Below this the reader is told that much is not known. */
const LOW_CONFIDENCE = 0.7;

/**
 * The score in one or two sentences: what speaks for the lead, then what speaks against it or is not known.
 * Each sentence holds at most three facts, the weightiest first.
 */
export function rationale(features: readonly ScoreFeature[], confidence: number): string {
  const share = ({ contribution, weight }: ScoreFeature) => contribution / weight;
  const byWeight = features.toSorted((a, b) => b.weight - a.weight);
  const strong = texts(byWeight.filter((f) => f.known && share(f) >= STRONG));
  const weak = texts(byWeight.filter((f) => f.known && share(f) < WEAK));
  const missing = texts(byWeight.filter((f) => !f.known));

  const pro = strong.length > 0 ? `For it: ${strong.join('; ')}.` : 'Nothing speaks strongly for it.';
  if (confidence < LOW_CONFIDENCE && missing.length > 0) {
    const against = weak.length > 0 ? `Against it: ${weak.join('; ')}; ` : '';
    return `${pro} ${against}${against ? 'not' : 'Not'} known: ${missing.join('; ')}.`;
  }
  return weak.length > 0 ? `${pro} Against it: ${weak.join('; ')}.` : pro;
}

function texts(features: readonly ScoreFeature[]): string[] {
  return features.slice(0, 3).map(({ text }) => text);
}
