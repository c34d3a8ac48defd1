import { Seeded } from '../../data/seeded';
import { KNOWN } from './known-world';

/** Sizes are told as ranges; the last has no upper end that matters. */
const SIZE_RANGES: readonly (readonly [number, number])[] = [
  [1, 10],
  [11, 50],
  [51, 200],
  [201, 500],
  [501, 1_000],
  [1_001, 5_000],
  [5_001, 10_000],
  [10_001, 100_000],
];

/** The vendor's number of a company. */
export function companyNumber(domain: string): number {
  return new Seeded(domain).between('company number', 1_000_000, 99_999_999);
}

/** The range that a headcount falls into. */
export function sizeRange(employees: number): readonly [number, number] {
  return SIZE_RANGES.find(([, max]) => employees <= max) ?? [100_001, 10_000_000];
}

/** A power of ten below and above. */
export function revenueRange(revenueUsd: number): readonly [number, number] {
  const low = 10 ** Math.floor(Math.log10(Math.max(revenueUsd, 1)));
  return [low, low * 10];
}

/** A company as it stands beside a person; null where the vendor knows none. */
export function companyIn(domain: string): Record<string, unknown> | null {
  const facts = KNOWN.company(domain);
  if (facts === null) return null;
  return {
    name: facts.name,
    description: facts.description,
    domains: { homepage: domain, email: domain },
    fqdn: `www.${domain}`,
    companySize: sizeRange(facts.employees),
    revenueRange: revenueRange(facts.revenueUsd),
    social: facts.linkedin === null ? {} : { linkedin: facts.linkedin },
    mainIndustry: facts.industry,
  };
}
