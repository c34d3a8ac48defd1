import type { ScoreFeature, WalkState } from '#libs/contracts';
import { exclusionByFacts, judgeByFacts, knownFacts } from '../facts';
import type { CompiledIcp } from '../icp/compiled-icp';
import { CRITERION_WEIGHTS } from '../match/criterion-verdict';
import { SCORE_WEIGHTS } from './score-weights';
import { roundTo2 } from './scored-feature';

/**
 * One feature per criterion the ICP asks for, named `icp_<criterion>`; together they weigh `icp_fit`. None for an empty
 * ICP. What the walk found counts too, so a company may fit better or worse here than on the shortlist; one that turns out
 * to be excluded earns nothing of it.
 */
export function fitFeatures(state: WalkState, icp: CompiledIcp): ScoreFeature[] {
  const facts = knownFacts(state);
  const excluded = exclusionByFacts(facts, icp);
  if (excluded !== null) {
    const weight = SCORE_WEIGHTS.icp_fit;
    return [{ feature: 'icp_exclusion', weight, contribution: 0, known: true, text: excluded }];
  }
  const verdicts = judgeByFacts(state, facts, icp);
  const asked = verdicts.reduce((sum, { criterion }) => sum + CRITERION_WEIGHTS[criterion], 0);
  return verdicts.map(({ criterion, verdict, fit, text }) => {
    const weight = (SCORE_WEIGHTS.icp_fit * CRITERION_WEIGHTS[criterion]) / asked;
    return {
      feature: `icp_${criterion}`,
      weight: roundTo2(weight),
      contribution: roundTo2(weight * fit),
      known: verdict !== 'unknown',
      text,
    };
  });
}
