/**
 * The possible points of each feature, 100 in all. `icp_fit` is shared among the criteria the ICP asks for, in
 * proportion to `CRITERION_WEIGHTS`. The table in docs/scoring.md is checked against this one.
 */
export const SCORE_WEIGHTS = {
  icp_fit: 35,
  website: 8,
  website_contact: 4,
  contacts: 8,
  title_fit: 15,
  reach: 23,
  profile: 3,
  signals: 4,
} as const;
export type ScoredFeature = keyof typeof SCORE_WEIGHTS;

/** Least score of each bucket; C takes the rest. */
export const BUCKET_FLOORS = { A: 70, B: 50 } as const;

/** Whom a company sells to, of 1: the product is made for selling to businesses. */
export const SELLS_TO_FITS = { businesses: 1, both: 1, consumers: 0.5 } as const;

/** What the best news of a company is worth, of 1. That there is none speaks neither for nor against it. */
export const SIGNAL_FITS = {
  funding: 1,
  hiring: 1,
  expansion: 1,
  product: 0.8,
  news: 0.7,
  none: 0.5,
} as const;

/** What a way to reach somebody is worth, of 1. */
export const REACH_FITS = {
  /** A contact's address, verified. */
  valid: 1,
  /** The mail server accepts any address, so the verification says little. */
  catch_all: 0.6,
  /** A contact's address nobody verified, or whose verification gave no verdict. */
  unverified: 0.5,
  website_email: 0.4,
  website_phone: 0.3,
  none: 0,
} as const;
