import type { CompanyFacts } from '../../data/company-facts';
import type { VendorRequest, WorkedAnswer } from '../simulated-vendor.port';
import { companyNumber, revenueRange, sizeRange } from './company';
import { KNOWN } from './known-world';

/** One company by domain: one credit where it is known; where it is not, an empty `data` for nothing. */
export function findCompany({ query }: VendorRequest): WorkedAnswer {
  const domain = query.get('domain')?.trim().toLowerCase() ?? '';
  if (domain === '') {
    const message = 'Give a domain';
    return { status: 400, json: { statusCode: 400, message }, purchase: null };
  }
  const facts = KNOWN.company(domain);
  if (facts === null) {
    const errors = { message: 'Company not found' };
    return { status: 200, json: { data: null, errors, meta: {} }, purchase: { input: { domain }, units: 0 } };
  }
  return {
    status: 200,
    json: { data: company(facts), errors: null, meta: {} },
    purchase: { input: { domain }, units: 1 },
  };
}

function company(facts: CompanyFacts): Record<string, unknown> {
  const { domain, place, employees } = facts;
  const [min, max] = sizeRange(employees);
  return {
    id: companyNumber(domain),
    name: facts.name,
    description: facts.description,
    domain,
    fqdn: `www.${domain}`,
    emailDomain: domain,
    employees: `${min} - ${max}`,
    companySize: { min, max, employeesInLinkedin: employees },
    founded: String(facts.founded),
    revenueRange: revenueRange(facts.revenueUsd),
    mainIndustry: facts.industry,
    subIndustry: null,
    companyType: 'Private company',
    social: facts.linkedin === null ? {} : { linkedin: { url: facts.linkedin } },
    location: {
      city: place.city,
      state: place.state,
      country: place.country,
      countryIso2: place.countryCode,
      continent: place.continent,
    },
    technologies: facts.technologies.map((name) => ({ name, category: 'Other' })),
  };
}
