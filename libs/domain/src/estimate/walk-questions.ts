import type { Operation, WalkPlan } from '#libs/contracts';

/** How often one company is a question of each operation. */
export type Questions = Readonly<Record<Operation, number>>;

/**
 * How often a vendor knows something, by operation: rounded experience with small software companies, the same for every
 * vendor. An estimate is judged by its order of magnitude; a run's `providers` tell what really came of it.
 */
export const FOUND_SHARES: Questions = {
  crawl_website: 0.9,
  enrich_company: 0.75,
  read_profile: 0.9,
  find_contacts: 0.8,
  find_email: 0.6,
  verify_email: 0.9,
  find_signals: 0.7,
};
/** Of the websites that answer, those with prose enough to read. */
const WITH_TEXT = 0.8;
/** Named persons without an address per company with contacts. */
const FINDS = 0.3;
/** Addresses verified until the first valid one. */
const VERIFICATIONS = 1.4;

const ONE_EACH = { crawl_website: 1, enrich_company: 1, find_contacts: 1, find_signals: 1 } as const;

export function expectedQuestions(plan: WalkPlan): Questions {
  const withContacts = knownShare(plan, 'find_contacts');
  return {
    ...ONE_EACH,
    read_profile: knownShare(plan, 'crawl_website') * WITH_TEXT,
    find_email: withContacts * Math.min(FINDS, plan.max_email_finds),
    verify_email: withContacts * Math.min(VERIFICATIONS, plan.max_verifications),
  };
}

/** No address to look up, and the first one is valid. */
export function lowQuestions(plan: WalkPlan): Questions {
  const expected = expectedQuestions(plan);
  const verifications = knownShare(plan, 'find_contacts') * Math.min(1, plan.max_verifications);
  return { ...expected, find_email: 0, verify_email: verifications };
}

export function highQuestions(plan: WalkPlan): Questions {
  const contacts = asksAnybody(plan, 'find_contacts') ? 1 : 0;
  return {
    ...ONE_EACH,
    read_profile: asksAnybody(plan, 'crawl_website') ? 1 : 0,
    find_email: contacts * plan.max_email_finds,
    verify_email: contacts * plan.max_verifications,
  };
}

/** How likely one vendor of the waterfall knows something. */
function knownShare(plan: WalkPlan, op: Operation): number {
  return 1 - (1 - FOUND_SHARES[op]) ** (plan.waterfalls[op]?.length ?? 0);
}

function asksAnybody(plan: WalkPlan, op: Operation): boolean {
  return (plan.waterfalls[op]?.length ?? 0) > 0;
}
