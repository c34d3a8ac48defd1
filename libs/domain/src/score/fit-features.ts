import type { ScoreFeature, WalkState } from '#libs/contracts';
import type { CompiledIcp } from '../icp/compiled-icp';
import { judgeCriteria } from '../match/criteria';
import { CRITERION_WEIGHTS } from '../match/criterion-verdict';
import { stepOutput } from '../walk';
import { roundTo2 } from './enrichment-features';
import { SCORE_WEIGHTS } from './score-weights';

/**
 * One feature per criterion the ICP asks for, named `icp_<criterion>`; together they weigh `icp_fit`. None for an empty
 * ICP. The website's own words count for keywords, so a company may fit better here than on the shortlist.
 */
export function fitFeatures(state: WalkState, icp: CompiledIcp): ScoreFeature[] {
  const website = stepOutput(state, 'website', 'crawl_website');
  const verdicts = judgeCriteria(
    state.company,
    icp,
    [website?.title, website?.description].join('\n').trim(),
  );
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
