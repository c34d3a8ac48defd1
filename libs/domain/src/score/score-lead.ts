import type { LeadScore, ScoreFeature, WalkState } from '#libs/contracts';
import type { CompiledIcp } from '../icp/compiled-icp';
import { enrichmentFeatures } from './enrichment-features';
import { fitFeatures } from './fit-features';
import { rationale } from './rationale';
import { BUCKET_FLOORS } from './score-weights';
import { roundTo2 } from './scored-feature';

/**
 * Scores a walked company on one scale, 0–100: the points it earned of the points it could earn with what is known of
 * it. Unknown facts count on neither side; `confidence` is the share of the possible points that is known. With nothing
 * known at all the score is 0. A pure function of the facts: no times, no ids, no order of the journal.
 */
export function scoreLead(state: WalkState, icp: CompiledIcp): LeadScore {
  const features = [...fitFeatures(state, icp), ...enrichmentFeatures(state, icp.titles)];
  const { weight, knownWeight, contribution } = sums(features);
  const exact = knownWeight === 0 ? 0 : (100 * contribution) / knownWeight;
  // Rounding of the shares may leave a hair above 100.
  const score = Math.min(100, Math.round(exact * 10) / 10);
  const confidence = roundTo2(knownWeight / weight);
  return { score, bucket: bucketOf(score), confidence, features, rationale: rationale(features, confidence) };
}

/** A from 70, B from 50, C below. */
export function bucketOf(score: number): LeadScore['bucket'] {
  if (score >= BUCKET_FLOORS.A) return 'A';
  return score >= BUCKET_FLOORS.B ? 'B' : 'C';
}

function sums(features: readonly ScoreFeature[]): {
  weight: number;
  knownWeight: number;
  contribution: number;
} {
  const total = { weight: 0, knownWeight: 0, contribution: 0 };
  for (const { weight, contribution, known } of features) {
    total.weight += weight;
    if (!known) continue;
    total.knownWeight += weight;
    total.contribution += contribution;
  }
  return total;
}
