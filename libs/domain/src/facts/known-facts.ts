import type { Company, Firmographics, WalkState } from '#libs/contracts';
import { pickPrimary, readIndustries } from '../normalize/industry/read-industries';
import { stepOutput, stepRecord } from '../walk';

/** Facts of the input that a vendor of firm data may fill in. */
export const FILLABLE_FACTS = ['employees', 'industry', 'founded', 'country'] as const;
export type FillableFact = (typeof FILLABLE_FACTS)[number];

/** The source of a fact that the tenant's own data told. */
export const OWN_DATA = 'input';

export interface KnownFacts {
  /** The company with its gaps filled. What the tenant's own data say is never replaced. */
  company: Company;
  /** Where each known fact comes from: `input`, or the vendor's id. */
  sources: Readonly<Partial<Record<FillableFact, string>>>;
}

/** What is known of a company: its own facts first, then what a vendor of firm data knows. */
export function knownFacts(state: WalkState): KnownFacts {
  const firm = stepOutput(state, 'firmographics', 'enrich_company');
  const vendor = stepRecord(state, 'firmographics')?.vendor ?? null;
  const company = firm && vendor !== null ? filled(state.company, firm) : state.company;
  const sources: Partial<Record<FillableFact, string>> = {};
  for (const fact of FILLABLE_FACTS) {
    if (state.company[fact] !== null) sources[fact] = OWN_DATA;
    else if (company[fact] !== null && vendor !== null) sources[fact] = vendor;
  }
  return { company, sources };
}

/** True if a vendor filled a gap. */
export function hasFilledFacts({ sources }: KnownFacts): boolean {
  return Object.values(sources).some((source) => source !== OWN_DATA);
}

function filled(own: Company, firm: Firmographics): Company {
  const industries = own.industry === null && own.industries.length === 0 ? industriesOf(firm) : own;
  return {
    ...own,
    industry: industries.industry,
    industries: industries.industries,
    employees: own.employees ?? sound(firm.employees),
    founded: own.founded ?? firm.founded,
    country: own.country ?? firm.country,
  };
}

/** The vendor's words in our taxonomy; words that are not in it say nothing. */
function industriesOf({ industry }: Firmographics): Pick<Company, 'industry' | 'industries'> {
  return pickPrimary(industry === null ? [] : readIndustries(industry));
}

/** A range that ends before it begins says nothing. */
function sound(employees: Firmographics['employees']): Company['employees'] {
  return employees && (employees.max === null || employees.min <= employees.max) ? employees : null;
}
