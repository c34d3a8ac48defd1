import type { KeywordMatcher } from './keyword-matcher';

/** A criterion's allowed values, by id, with the words to speak of them. */
export type NamedIds = ReadonlyMap<string, string>;

/** Closed interval; an open end is null. */
export interface WantedRange {
  readonly min: number | null;
  readonly max: number | null;
}

/**
 * An ICP with every word resolved, ready to be held against a million companies. A criterion that the tenant did not
 * give (or left empty) is null and asks nothing.
 */
export interface CompiledIcp {
  /** Taxonomy id → title. */
  readonly industries: NamedIds | null;
  readonly excludeIndustries: NamedIds | null;
  /** ISO 3166-1 alpha-2 → English name. */
  readonly countries: NamedIds | null;
  readonly excludeCountries: NamedIds | null;
  readonly employees: WantedRange | null;
  readonly founded: WantedRange | null;
  readonly keywords: KeywordMatcher | null;
  readonly excludeKeywords: KeywordMatcher | null;
  /** Registrable domains in lower case. */
  readonly excludeDomains: ReadonlySet<string> | null;
  /** Job titles as the tenant wrote them, best first. */
  readonly titles: readonly string[];
}
