import type { Company, IcpMatch } from '#libs/contracts';
import { BoundedRanking } from './bounded-ranking';
import { missedCriteria } from './match-icp';

export interface ShortlistOptions {
  /** Candidates to enrich at most. */
  limit: number;
  /** How many of those just behind are still listed by name; the others are counted. */
  waiting: number;
  /** How many of the companies on the tenant's exclusion list are listed by name; the others are counted. */
  excluded?: number;
}

export interface JudgedCompany {
  company: Company;
  match: IcpMatch;
}

/** A company of the shortlist at its 1-based place. */
export interface ShortlistEntry extends JudgedCompany {
  position: number;
}

/** A company that did not match, for people who wonder why nothing did. */
export interface NearestMiss {
  name: string;
  pre_score: number;
  /** What it missed, a sentence each. */
  missed: string[];
}

export interface ShortlistResult {
  /** To be enriched, best first: by pre-score, then company id. */
  selected: ShortlistEntry[];
  /** `not_selected`: matched, and behind the limit; the first `waiting` of them, places counted on. */
  waiting: ShortlistEntry[];
  /** All that matched: selected, waiting, those not listed, and those left out. */
  matched: number;
  /** Matched, and left out since the tenant has been handed them before. */
  leftOut: number;
  /** All that matched, were not left out and are not selected. */
  notSelected: number;
  /** The ten companies that came closest without matching: fewest misses first; excluded ones last. */
  nearestMisses: NearestMiss[];
  /** On the tenant's exclusion list, by company id; places counted on. */
  excluded: ShortlistEntry[];
  /** All that are on it, also those not listed. */
  excludedCount: number;
}

export interface Shortlist {
  add(company: Company, match: IcpMatch): void;
  /** A company that the tenant has been handed before, in a run of new ones only: if it matches it is counted, and takes no place. */
  leaveOut(company: Company, match: IcpMatch): void;
  /** A company on the tenant's exclusion list, `match` naming the entry: neither a candidate nor a near miss. */
  exclude(company: Company, match: IcpMatch): void;
  result(): ShortlistResult;
}

const NEAREST_MISSES = 10;

/**
 * Collects judged companies in any order; memory is bounded by `limit + waiting`, however many come.
 * The result depends on the set of companies only, not on their order.
 */
export function createShortlist({ limit, waiting, excluded: excludedMax = 0 }: ShortlistOptions): Shortlist {
  const best = new BoundedRanking<JudgedCompany>(limit + waiting, byPreScore);
  const misses = new BoundedRanking<JudgedCompany>(NEAREST_MISSES, byNearness);
  const excluded = new BoundedRanking<JudgedCompany>(excludedMax, compareIds);
  let matched = 0;
  let excludedCount = 0;
  let leftOut = 0;
  return {
    add(company, match) {
      if (match.matched) matched += 1;
      (match.matched ? best : misses).add({ company, match });
    },
    leaveOut(company, match) {
      if (match.matched) {
        matched += 1;
        leftOut += 1;
      } else this.add(company, match);
    },
    exclude(company, match) {
      excludedCount += 1;
      excluded.add({ company, match });
    },
    result() {
      const listed = best.items().map((judged, i) => ({ ...judged, position: i + 1 }));
      const selected = listed.slice(0, limit);
      return {
        selected,
        waiting: listed.slice(limit),
        matched,
        leftOut,
        notSelected: matched - leftOut - selected.length,
        nearestMisses: misses.items().map(nearestMiss),
        excluded: excluded.items().map((judged, i) => ({ ...judged, position: listed.length + i + 1 })),
        excludedCount,
      };
    },
  };
}

function byPreScore(a: JudgedCompany, b: JudgedCompany): number {
  return b.match.pre_score - a.match.pre_score || compareIds(a, b);
}

function byNearness(a: JudgedCompany, b: JudgedCompany): number {
  return distance(a.match) - distance(b.match) || byPreScore(a, b);
}

/** Misses, an exclusion outweighing any number of them: who is excluded on purpose is no near miss. */
function distance({ reasons }: IcpMatch): number {
  let misses = 0;
  for (const { verdict, criterion } of reasons) {
    if (verdict === 'miss') misses += criterion.startsWith('exclude_') ? 100 : 1;
  }
  return misses;
}

function nearestMiss({ company, match }: JudgedCompany): NearestMiss {
  return { name: companyLabel(company), pre_score: match.pre_score, missed: missedCriteria(match) };
}

/** What to call a company in a message: its name, else its domain, page or id. */
export function companyLabel({ name, domain, social, company_id }: Company): string {
  return name ?? domain ?? social ?? company_id;
}

function compareIds(a: JudgedCompany, b: JudgedCompany): number {
  const [left, right] = [a.company.company_id, b.company.company_id];
  return left < right ? -1 : left > right ? 1 : 0;
}
