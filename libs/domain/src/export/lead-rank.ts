import type { UnrankedLead } from './to-lead';

/** What a lead's rank depends on: small, so that a big run can be ranked without holding its leads. */
export interface RankKey {
  companyId: string;
  score: number;
  confidence: number;
  preScore: number;
}

export function rankKey({ company, score, match }: UnrankedLead): RankKey {
  return {
    companyId: company.company_id,
    score: score.score,
    confidence: score.confidence,
    preScore: match.pre_score,
  };
}

/** Best first: score, then confidence, then pre-score, then company id. Never 0 for two companies. */
export function compareRank(a: RankKey, b: RankKey): number {
  return (
    b.score - a.score ||
    b.confidence - a.confidence ||
    b.preScore - a.preScore ||
    (a.companyId < b.companyId ? -1 : a.companyId > b.companyId ? 1 : 0)
  );
}
