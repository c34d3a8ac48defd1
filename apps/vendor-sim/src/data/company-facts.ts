import { siteFacts } from '../websites/site-facts';
import { isKnownAnywhere } from './company-staff';
import { Seeded } from './seeded';
import { brandName } from './simulated-domain';

/** What the world knows of a company. Every vendor that knows it tells the same. */
export interface CompanyFacts {
  name: string;
  domain: string;
  description: string;
  industry: string;
  employees: number;
  founded: number;
  revenueUsd: number;
  place: Place;
  phone: string | null;
  linkedin: string | null;
  technologies: readonly string[];
}

interface Place {
  city: string;
  state: string | null;
  country: string;
  countryCode: string;
  continent: string;
}

const INDUSTRIES: readonly string[] = [
  'information technology & services',
  'computer software',
  'financial services',
  'marketing & advertising',
  'hospital & health care',
  'e-learning',
  'logistics & supply chain',
  'retail',
  'machinery',
  'renewables & environment',
];
const PLACES: readonly Place[] = [
  ['San Francisco', 'California', 'United States', 'US', 'North America'],
  ['New York', 'New York', 'United States', 'US', 'North America'],
  ['Austin', 'Texas', 'United States', 'US', 'North America'],
  ['Toronto', 'Ontario', 'Canada', 'CA', 'North America'],
  ['London', null, 'United Kingdom', 'GB', 'Europe'],
  ['Berlin', null, 'Germany', 'DE', 'Europe'],
  ['Amsterdam', null, 'Netherlands', 'NL', 'Europe'],
  ['Singapore', null, 'Singapore', 'SG', 'Asia'],
].map(
  ([city, state, country, countryCode, continent]) =>
    ({ city, state, country, countryCode, continent }) as Place,
);
const TECHNOLOGIES: readonly string[] = [
  'Amazon AWS',
  'Cloudflare DNS',
  'Google Tag Manager',
  'HubSpot',
  'Intercom',
  'Microsoft Office 365',
  'Salesforce',
  'Stripe',
  'WordPress.org',
];
/** How many companies are of a size, by the most they employ. */
const SIZES: Readonly<Record<string, number>> = { 10: 25, 50: 35, 200: 22, 1000: 12, 5000: 5, 50000: 1 };
const REVENUE_PER_HEAD_USD = 120_000;

/** Null for a company that nobody knows. */
export function companyFacts(domain: string): CompanyFacts | null {
  if (!isKnownAnywhere(domain)) return null;
  const seeded = new Seeded(domain);
  const site = siteFacts(domain);
  const employees = headcount(seeded);
  return {
    name: brandName(domain),
    domain,
    description: site.description,
    industry: seeded.pick('industry', INDUSTRIES),
    employees,
    founded: seeded.between('founded', 1985, 2022),
    revenueUsd: Math.round((employees * REVENUE_PER_HEAD_USD) / 100_000) * 100_000,
    place: seeded.pick('place', PLACES),
    phone: site.phone,
    linkedin: site.socials.find((url) => url.includes('linkedin.com')) ?? null,
    technologies: TECHNOLOGIES.filter((_, i) => seeded.chance(`technology ${i}`, 0.4)),
  };
}

function headcount(seeded: Seeded): number {
  const most = Number(seeded.weighted('size', SIZES));
  return seeded.between('headcount', Math.max(1, Math.round(most / 5)), most);
}
