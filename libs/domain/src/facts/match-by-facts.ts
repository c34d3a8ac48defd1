import type { IcpMatch, WalkState } from '#libs/contracts';
import type { CompiledIcp } from '../icp/compiled-icp';
import { findExclusion, judgeCriteria } from '../match/criteria';
import type { Criterion, CriterionVerdict } from '../match/criterion-verdict';
import { stepOutput } from '../walk';
import { hasFilledFacts, knownFacts, OWN_DATA, type FillableFact, type KnownFacts } from './known-facts';

const FACT_OF: Readonly<Partial<Record<Criterion, FillableFact>>> = {
  industries: 'industry',
  employees: 'employees',
  countries: 'country',
  founded: 'founded',
};

/**
 * The ICP's criteria by everything the walk found: gaps filled by firm data, and keywords looked for in the website's title
 * and description, the profile and the vendor's description, too. A verdict on a vendor's fact says whose it is.
 */
export function judgeByFacts(state: WalkState, facts: KnownFacts, icp: CompiledIcp): CriterionVerdict[] {
  const moreText = icp.keywords ? ownWords(state) : '';
  return judgeCriteria(facts.company, icp, moreText).map((verdict) => {
    const fact = FACT_OF[verdict.criterion];
    const source = fact && facts.sources[fact];
    if (source === undefined || source === OWN_DATA) return verdict;
    return { ...verdict, text: saidBy(verdict.text, source) };
  });
}

/** The exclusion that hits a vendor's fact, as a sentence; null if none does. The shortlist has judged the input's facts. */
export function exclusionByFacts(facts: KnownFacts, icp: CompiledIcp): string | null {
  if (!hasFilledFacts(facts)) return null;
  const exclusion = findExclusion(facts.company, icp);
  if (!exclusion) return null;
  const source = exclusion.criterion === 'exclude_countries' ? facts.sources.country : facts.sources.industry;
  return source === undefined || source === OWN_DATA ? exclusion.text : saidBy(exclusion.text, source);
}

/**
 * The shortlist's verdict, judged again where a vendor filled a gap: a reason that was "not known" is known now, and may
 * turn out a miss. The pre-score stays what the company was chosen by.
 */
export function matchByFacts(state: WalkState, icp: CompiledIcp): IcpMatch {
  const facts = knownFacts(state);
  if (!hasFilledFacts(facts)) return state.match;
  const known = new Map(
    judgeByFacts(state, facts, icp).map((verdict) => [verdict.criterion as string, verdict]),
  );
  const judged = state.match.reasons.map((reason) => {
    const verdict = reason.verdict === 'unknown' ? known.get(reason.criterion) : undefined;
    return verdict ? { criterion: verdict.criterion, verdict: verdict.verdict, text: verdict.text } : reason;
  });
  const excluded = exclusionByFacts(facts, icp);
  const reasons =
    excluded === null
      ? judged
      : [{ criterion: 'exclusion', verdict: 'miss' as const, text: excluded }, ...judged];
  const missed = reasons.some(({ verdict }) => verdict === 'miss');
  return { ...state.match, matched: state.match.matched && !missed, reasons };
}

function saidBy(text: string, vendor: string): string {
  return `${text} (says ${vendor})`;
}

/** What the company says of itself, and what is said of it, outside the input. */
function ownWords(state: WalkState): string {
  const website = stepOutput(state, 'website', 'crawl_website');
  const profile = stepOutput(state, 'profile', 'read_profile');
  const firm = stepOutput(state, 'firmographics', 'enrich_company');
  return [
    website?.title,
    website?.description,
    profile?.summary,
    ...(profile?.products ?? []),
    firm?.description,
  ]
    .filter(Boolean)
    .join('\n');
}
