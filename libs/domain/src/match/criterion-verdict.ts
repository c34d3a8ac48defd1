import type { MatchReason } from '#libs/contracts';

/** What a positive criterion is worth against the others; only their proportions matter. Explained in docs/scoring.md. */
export const CRITERION_WEIGHTS = {
  industries: 30,
  employees: 25,
  countries: 20,
  keywords: 15,
  founded: 10,
} as const;
export type Criterion = keyof typeof CRITERION_WEIGHTS;

/** How well a company meets one criterion. */
export interface CriterionVerdict {
  criterion: Criterion;
  verdict: MatchReason['verdict'];
  /** 0–1; 0 for a miss and for an unknown. */
  fit: number;
  text: string;
}
