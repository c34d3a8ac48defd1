import type { ScoreFeature } from '#libs/contracts';
import { SCORE_WEIGHTS, type ScoredFeature } from './score-weights';

/** A feature whose fact is known; `fit` 0–1 is its share of the points. */
export function known(feature: ScoredFeature, fit: number, text: string): ScoreFeature {
  const weight = SCORE_WEIGHTS[feature];
  return { feature, weight, contribution: roundTo2(weight * fit), known: true, text };
}

/** A feature that counts on neither side: its fact is missing. */
export function unknown(feature: ScoredFeature, text: string): ScoreFeature {
  return { feature, weight: SCORE_WEIGHTS[feature], contribution: 0, known: false, text };
}

/** Points with two decimals: enough for people, and free of binary dust. */
export function roundTo2(points: number): number {
  return Math.round(points * 100) / 100;
}
