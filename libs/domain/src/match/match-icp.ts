import type { Company, IcpMatch } from '#libs/contracts';
import type { CompiledIcp } from '../icp/compiled-icp';
import { findExclusion, judgeCriteria } from './criteria';
import { CRITERION_WEIGHTS, type CriterionVerdict } from './criterion-verdict';

/** What an unknown fact earns in the pre-score: less than any match, more than a miss. */
const UNKNOWN_FIT = 0.4;
/** Of 100 points, what is left for how well the company is known at all: it breaks ties, most of all for an empty ICP. */
const BASIS_POINTS = { website: 6, name: 1, industry: 1, country: 1, employees: 1 } as const;
const FIT_POINTS = 90;

/**
 * The shortlist's verdict on one company, from its own facts alone.
 * It matches unless a criterion is known to be missed or an exclusion hits; an unknown fact excludes nobody and
 * lowers the pre-score. An empty ICP matches everybody. Reasons: the exclusion if one hits, then one per criterion.
 */
export function matchIcp(company: Company, icp: CompiledIcp): IcpMatch {
  const verdicts = judgeCriteria(company, icp);
  const reasons = verdicts.map(({ criterion, verdict, text }) => ({ criterion, verdict, text }));
  const exclusion = findExclusion(company, icp);
  if (exclusion) return { matched: false, pre_score: 0, reasons: [exclusion, ...reasons] };

  const matched = verdicts.every(({ verdict }) => verdict !== 'miss');
  const points = FIT_POINTS * averageFit(verdicts) + basisPoints(company);
  return { matched, pre_score: Math.round(points * 10) / 10, reasons };
}

/** Why a company did not match, the exclusion first; empty for one that did. */
export function missedCriteria(match: IcpMatch): string[] {
  return match.matched
    ? []
    : match.reasons.filter(({ verdict }) => verdict === 'miss').map(({ text }) => text);
}

function averageFit(verdicts: readonly CriterionVerdict[]): number {
  let points = 0;
  let possible = 0;
  for (const { criterion, verdict, fit } of verdicts) {
    const weight = CRITERION_WEIGHTS[criterion];
    points += weight * (verdict === 'unknown' ? UNKNOWN_FIT : fit);
    possible += weight;
  }
  return possible === 0 ? 1 : points / possible;
}

function basisPoints(company: Company): number {
  return (
    (company.domain === null ? 0 : BASIS_POINTS.website) +
    (company.name === null ? 0 : BASIS_POINTS.name) +
    (company.industry === null ? 0 : BASIS_POINTS.industry) +
    (company.country === null ? 0 : BASIS_POINTS.country) +
    (company.employees === null ? 0 : BASIS_POINTS.employees)
  );
}
