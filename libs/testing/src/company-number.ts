import type { Company } from '#libs/contracts';

const LETTERS = 'abcdefghijklmnop';

/**
 * The `n`-th company of a test, from 0: its id, name, domain and row go by its number, and so do ids when sorted; beyond that
 * it is a software company of the US. `more` says what is different.
 */
export function companyNumber(n: number, more: Partial<Company> = {}): Company {
  const digits = Array.from({ length: 16 }, (_, i) => LETTERS[Math.floor(n / 16 ** (15 - i)) % 16]);
  return {
    company_id: `c_${digits.join('')}`,
    name: `Company ${n}`,
    domain: `company-${n}.com`,
    social: null,
    country: 'US',
    region: null,
    city: null,
    industry: 'software',
    industries: ['software'],
    employees: null,
    founded: null,
    description: null,
    source_rows: [n + 1],
    ...more,
  };
}
