import type { Company, MatchReason } from '#libs/contracts';
import type { CompiledIcp } from '../icp/compiled-icp';
import { INDUSTRIES, industryMatches } from '../normalize';
import { countryName } from './country-name';
import { employeesVerdict, foundedVerdict } from './range-criteria';

/** What a positive criterion is worth against the others; only their proportions matter. Explained in docs/scoring.md. */
export const CRITERION_WEIGHTS = {
  industries: 30,
  employees: 25,
  countries: 20,
  keywords: 15,
  founded: 10,
} as const;
export type Criterion = keyof typeof CRITERION_WEIGHTS;

/** How well a company meets one criterion. */
export interface CriterionVerdict {
  criterion: Criterion;
  verdict: MatchReason['verdict'];
  /** 0–1; 0 for a miss and for an unknown. */
  fit: number;
  text: string;
}

/**
 * One verdict per criterion that the ICP asks for, in the order of `CRITERION_WEIGHTS`.
 * `moreText`: what the company says of itself elsewhere (its website), searched for keywords too.
 */
export function judgeCriteria(company: Company, icp: CompiledIcp, moreText = ''): CriterionVerdict[] {
  const verdicts: CriterionVerdict[] = [];
  if (icp.industries) verdicts.push(industryVerdict(company, icp.industries));
  if (icp.employees) verdicts.push(employeesVerdict(company, icp.employees));
  if (icp.countries) verdicts.push(countryVerdict(company, icp.countries));
  if (icp.keywords) verdicts.push(keywordVerdict(company, icp.keywords, moreText));
  if (icp.founded) verdicts.push(foundedVerdict(company, icp.founded));
  return verdicts;
}

/** The first exclusion that hits, as a reason, or null. What is not known excludes nobody. */
export function findExclusion(company: Company, icp: CompiledIcp): MatchReason | null {
  const { excludeIndustries, excludeCountries, excludeDomains, excludeKeywords } = icp;
  const hit = (criterion: string, text: string): MatchReason => ({ criterion, verdict: 'miss', text });
  if (excludeDomains && company.domain !== null && excludeDomains.has(company.domain)) {
    return hit('exclude_domains', `${company.domain} is on your exclusion list`);
  }
  if (excludeCountries && company.country !== null && excludeCountries.has(company.country)) {
    return hit('exclude_countries', `${countryName(company.country)} is on your exclusion list`);
  }
  const industry = excludeIndustries && listedIndustry(company.industries, excludeIndustries);
  if (industry) return hit('exclude_industries', `Industry ${industry} is on your exclusion list`);
  const [keyword] = excludeKeywords?.find(ownText(company)) ?? [];
  if (keyword !== undefined) return hit('exclude_keywords', `Mentions “${keyword}”, which you exclude`);
  return null;
}

const INDUSTRY_TITLES = new Map(INDUSTRIES.map(({ id, title }) => [id, title]));
const SECONDARY_INDUSTRY_FIT = 0.85;

function industryVerdict(company: Company, wanted: ReadonlyMap<string, string>): CriterionVerdict {
  const criterion = 'industries';
  if (company.industries.length === 0) {
    return { criterion, verdict: 'unknown', fit: 0, text: 'Industry is not known' };
  }
  const primary = company.industry === null ? null : listedIndustry([company.industry], wanted);
  const listed = primary ?? listedIndustry(company.industries, wanted);
  if (listed === null) {
    const own = company.industries.map(industryTitle).join(', ');
    return { criterion, verdict: 'miss', fit: 0, text: `Industry ${own} is not on your list` };
  }
  const fit = primary === null ? SECONDARY_INDUSTRY_FIT : 1;
  return { criterion, verdict: 'match', fit, text: `Industry ${listed} is on your list` };
}

/** The title of the first listed industry that the company is in, or null. */
function listedIndustry(ids: readonly string[], listed: ReadonlyMap<string, string>): string | null {
  for (const [id, title] of listed) if (industryMatches(id, ids)) return title;
  return null;
}

function countryVerdict(company: Company, wanted: ReadonlyMap<string, string>): CriterionVerdict {
  const criterion = 'countries';
  if (company.country === null)
    return { criterion, verdict: 'unknown', fit: 0, text: 'Country is not known' };
  const name = countryName(company.country);
  return wanted.has(company.country)
    ? { criterion, verdict: 'match', fit: 1, text: `${name} is on your list` }
    : { criterion, verdict: 'miss', fit: 0, text: `${name} is not on your list` };
}

function keywordVerdict(
  company: Company,
  wanted: NonNullable<CompiledIcp['keywords']>,
  moreText: string,
): CriterionVerdict {
  const criterion = 'keywords';
  const found = wanted.find(`${ownText(company)}${BETWEEN_TEXTS}${moreText}`);
  if (found.length > 0) {
    const text = `Mentions ${found.map((word) => `“${word}”`).join(', ')}`;
    return { criterion, verdict: 'match', fit: keywordFit(found.length, wanted.words.length), text };
  }
  if (company.description === null && moreText === '') {
    return { criterion, verdict: 'unknown', fit: 0, text: 'No description to look for your keywords in' };
  }
  return { criterion, verdict: 'miss', fit: 0, text: 'None of your keywords is mentioned' };
}

/** One keyword earns most of the points, three (or all, of a shorter list) earn them whole. */
function keywordFit(found: number, listed: number): number {
  const enough = Math.min(3, listed);
  return enough <= 1 ? 1 : 0.7 + 0.3 * Math.min(1, (found - 1) / (enough - 1));
}

/** No phrase runs across it. */
const BETWEEN_TEXTS = ' | ';

function ownText({ name, description, industries }: Company): string {
  return [name, description, ...industries.map(industryTitle)].join(BETWEEN_TEXTS);
}

function industryTitle(id: string): string {
  return INDUSTRY_TITLES.get(id) ?? id;
}
