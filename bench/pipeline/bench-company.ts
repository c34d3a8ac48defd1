import { shortHash } from '#libs/kernel';
import type { Candidate } from '#libs/run-state';

/** The `n`-th company of a benchmark, as the shortlist would hand it over. */
export function benchCandidate(n: number): Candidate {
  const domain = `company-${n}.com`;
  return {
    company: {
      company_id: `c_${shortHash(domain, 16)}`,
      name: `Company ${n}`,
      domain,
      social: null,
      country: 'US',
      region: 'US-CA',
      city: 'San Francisco',
      industry: 'software',
      industries: ['software'],
      employees: { min: 11, max: 50 },
      founded: 2012,
      description: 'Makes software for companies that make software.',
      source_rows: [n],
    },
    match: {
      matched: true,
      pre_score: 80,
      reasons: [{ criterion: 'industries', verdict: 'match', text: 'Software is on your list' }],
    },
    position: n,
  };
}
