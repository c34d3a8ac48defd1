import {
  TERMINAL_RUN_STATES,
  type Company,
  type CompanyDocument,
  type Reject,
  type RunState,
} from '#libs/contracts';
import {
  excludedMatch,
  isSkippedForBudget,
  isSkippedForWait,
  matchIcp,
  missedCriteria,
  toLead,
  type CompiledIcp,
  type ExclusionFinder,
} from '#libs/domain';

/**
 * What became of a company of the input. `lead`: enriched and scored · `skipped`: scored, and something was left out for lack
 * of budget or of patience · `in_doubt`: scored, and nobody knows how a call ended · `failed`, `suppressed`: as a lead says ·
 * `pending`: still to be enriched · `unfinished`: the run ended first · `not_selected`: it matches, and the run's limit was
 * reached before it · `excluded`: on the tenant's exclusion list · `not_matched`: misses the profile · `rejected`: a row that
 * is no company.
 */
export const COMPANY_STANDINGS = [
  'lead',
  'skipped',
  'in_doubt',
  'failed',
  'suppressed',
  'pending',
  'unfinished',
  'not_selected',
  'excluded',
  'not_matched',
  'rejected',
] as const;
export type CompanyStanding = (typeof COMPANY_STANDINGS)[number];

export interface JudgedRow {
  /** Null for a row that is no company. */
  company: Company | null;
  sourceRows: readonly number[];
  standing: CompanyStanding;
  preScore: number | null;
  score: number | null;
  /** Sentences, the weightiest first. */
  reasons: readonly string[];
}

/** What a run decides by. */
export interface StandingTerms {
  state: RunState;
  icp: CompiledIcp;
  exclusionOf: ExclusionFinder;
  simulated: boolean;
}

/** Of a company that was selected: where its walk stands. */
export function standingOfCandidate(document: CompanyDocument, terms: StandingTerms): JudgedRow {
  const { company, match, state } = document;
  const common = { company, sourceRows: company.source_rows, preScore: match.pre_score };
  if (state === 'pending') {
    return TERMINAL_RUN_STATES.includes(terms.state)
      ? { ...common, standing: 'unfinished', score: null, reasons: ['The run ended before it was enriched'] }
      : { ...common, standing: 'pending', score: null, reasons: [] };
  }
  const { score, problems } = toLead(document, terms);
  const standing = state === 'done' ? standingOfDone(document) : state;
  return { ...common, standing, score: state === 'done' ? score.score : null, reasons: problems };
}

function standingOfDone({ steps }: CompanyDocument): CompanyStanding {
  if (steps.some(({ status }) => status === 'in_doubt')) return 'in_doubt';
  return steps.some((step) => isSkippedForBudget(step) || isSkippedForWait(step)) ? 'skipped' : 'lead';
}

/** Of a company that was not selected: why, decided anew from the run's own terms. */
export function standingOfOther(company: Company, { icp, exclusionOf }: StandingTerms): JudgedRow {
  const exclusion = exclusionOf(company);
  const match = exclusion ? excludedMatch(exclusion) : matchIcp(company, icp);
  const standing = exclusion ? 'excluded' : match.matched ? 'not_selected' : 'not_matched';
  return {
    company,
    sourceRows: company.source_rows,
    standing,
    preScore: exclusion ? null : match.pre_score,
    score: null,
    reasons: match.matched
      ? ['It matches, and so many with a better pre-score were selected that the limit was reached']
      : missedCriteria(match),
  };
}

export function standingOfReject({ row, reason }: Reject): JudgedRow {
  return {
    company: null,
    sourceRows: [row],
    standing: 'rejected',
    preScore: null,
    score: null,
    reasons: [reason],
  };
}
