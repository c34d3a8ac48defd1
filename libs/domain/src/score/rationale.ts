import type { ScoreFeature } from '#libs/contracts';

const STRONG = 0.7;
const WEAK = 0.5;
const FACTS_MOST = 3;
/** Below this the reader is told that much is not known. */
const LOW_CONFIDENCE = 0.7;

/**
 * The score in one or two sentences: what speaks for the lead, then what speaks against it or is not known.
 * Each sentence holds at most `FACTS_MOST` facts, the weightiest first.
 */
export function rationale(features: readonly ScoreFeature[], confidence: number): string {
  const strong: string[] = [];
  const weak: string[] = [];
  const missing: string[] = [];
  for (const feature of features.toSorted((a, b) => b.weight - a.weight)) {
    const share = feature.contribution / feature.weight;
    if (!feature.known) say(missing, feature);
    else if (share >= STRONG) say(strong, feature);
    else if (share < WEAK) say(weak, feature);
  }

  const pro = strong.length > 0 ? `For it: ${strong.join('; ')}.` : 'Nothing speaks strongly for it.';
  if (confidence < LOW_CONFIDENCE && missing.length > 0) {
    const against = weak.length > 0 ? `Against it: ${weak.join('; ')}; ` : '';
    return `${pro} ${against}${against ? 'not' : 'Not'} known: ${missing.join('; ')}.`;
  }
  return weak.length > 0 ? `${pro} Against it: ${weak.join('; ')}.` : pro;
}

function say(texts: string[], { text }: ScoreFeature): void {
  if (texts.length < FACTS_MOST) texts.push(text);
}
