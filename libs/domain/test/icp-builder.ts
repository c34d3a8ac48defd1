import type { CompiledIcp } from '../src/icp/compiled-icp';

/** An ICP that asks nothing, so that a test names only its criteria. */
export function aCompiledIcp(overrides: Partial<CompiledIcp> = {}): CompiledIcp {
  return {
    industries: null,
    excludeIndustries: null,
    countries: null,
    excludeCountries: null,
    employees: null,
    founded: null,
    keywords: null,
    excludeKeywords: null,
    excludeDomains: null,
    titles: [],
    ...overrides,
  };
}
