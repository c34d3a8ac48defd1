import type { Icp } from '#libs/contracts';
import type { CompiledIcp, NamedIds, WantedRange } from './compiled-icp';
import { findContradictions } from './find-contradictions';
import { invalidIcp, type IcpProblem } from './icp-problem';
import { createKeywordMatcher, type KeywordMatcher } from './keyword-matcher';
import { resolveCountries, resolveDomains, resolveIndustries } from './resolve-words';

/**
 * The ICP with every word resolved: industries to taxonomy ids, countries to ISO codes, domains to registrable ones.
 * Throws `invalid_icp` listing every word that cannot be resolved (with the nearest that can) and every contradiction.
 * Costs about a millisecond: once per run or lead, not per company of a million.
 */
export function compileIcp(icp: Icp): CompiledIcp {
  const problems: IcpProblem[] = [];
  const industryIds = (key: 'industries' | 'exclude_industries') =>
    resolveIndustries(key, icp[key] ?? [], problems);
  const countryCodes = (key: 'countries' | 'exclude_countries') =>
    resolveCountries(key, icp[key] ?? [], problems);
  const domains = resolveDomains('exclude_domains', icp.exclude_domains ?? [], problems);
  const compiled: CompiledIcp = {
    industries: named(industryIds('industries')),
    excludeIndustries: named(industryIds('exclude_industries')),
    countries: named(countryCodes('countries')),
    excludeCountries: named(countryCodes('exclude_countries')),
    employees: wantedRange(icp.employees),
    founded: wantedRange(icp.founded),
    keywords: matcher(icp.keywords),
    excludeKeywords: matcher(icp.exclude_keywords),
    excludeDomains: domains.size === 0 ? null : domains,
    titles: icp.titles ?? [],
  };
  problems.push(...findContradictions(compiled));
  if (problems.length > 0) throw invalidIcp(problems);
  return compiled;
}

function named(ids: NamedIds): NamedIds | null {
  return ids.size === 0 ? null : ids;
}

function wantedRange(range: Icp['employees']): WantedRange | null {
  if (range === undefined || (range.min === undefined && range.max === undefined)) return null;
  return { min: range.min ?? null, max: range.max ?? null };
}

function matcher(words: readonly string[] | undefined): KeywordMatcher | null {
  return words === undefined || words.length === 0 ? null : createKeywordMatcher(words);
}
