import type { CompanyFacts } from '../../data/company-facts';
import { Seeded } from '../../data/seeded';

/** A company as the vendor shows it, alone and beside a person. */
export function organization(facts: CompanyFacts): Record<string, unknown> {
  const { name, domain, place, phone, linkedin, industry, employees, founded, revenueUsd, description } =
    facts;
  return {
    id: organizationId(domain),
    name,
    website_url: `http://www.${domain}`,
    blog_url: null,
    angellist_url: null,
    linkedin_url: linkedin,
    twitter_url: null,
    facebook_url: null,
    primary_phone: phone === null ? {} : { number: phone, source: 'Account' },
    languages: [],
    alexa_ranking: null,
    phone,
    linkedin_uid: null,
    founded_year: founded,
    publicly_traded_symbol: null,
    publicly_traded_exchange: null,
    logo_url: null,
    crunchbase_url: null,
    primary_domain: domain,
    industry,
    keywords: [],
    estimated_num_employees: employees,
    industries: [industry],
    secondary_industries: [],
    raw_address: [place.city, place.state, place.country].filter((part) => part !== null).join(', '),
    street_address: null,
    city: place.city,
    state: place.state,
    postal_code: null,
    country: place.country,
    short_description: description,
    annual_revenue_printed: `${revenueUsd / 1_000_000}M`,
    annual_revenue: revenueUsd,
    total_funding: null,
    total_funding_printed: null,
    latest_funding_round_date: null,
    latest_funding_stage: null,
    funding_events: [],
    technology_names: facts.technologies,
    current_technologies: facts.technologies.map((technology) => ({
      uid: technology.toLowerCase().replaceAll(/\W+/g, '_'),
      name: technology,
      category: 'Other',
    })),
  };
}

/** Twenty-four hexadecimal digits, always the same ones. */
export function organizationId(domain: string): string {
  const seeded = new Seeded(domain);
  return [0, 1]
    .map((i) =>
      seeded
        .between(`organization id ${i}`, 0, 2 ** 48 - 1)
        .toString(16)
        .padStart(12, '0'),
    )
    .join('');
}
