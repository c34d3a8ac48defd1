import { personLinkedin } from '../../data/person-facts';
import { Seeded } from '../../data/seeded';
import type { SourcedPerson } from '../../data/source-of-data';
import { KNOWN } from './known-world';
import { organization, organizationId } from './organization';

/** Of the people it knows, the vendor has no address for some. */
const WITHOUT_EMAIL_SHARE = 0.15;

function hasEmail({ email }: SourcedPerson): boolean {
  return !new Seeded(email).chance('address unavailable', WITHOUT_EMAIL_SHARE);
}

/** A person as enrichment shows them. */
export function enrichedPerson(person: SourcedPerson): Record<string, unknown> {
  const { firstName, lastName, role, domain } = person;
  const facts = KNOWN.company(domain);
  return {
    id: KNOWN.idOf(person),
    first_name: firstName,
    last_name: lastName,
    name: `${firstName} ${lastName}`,
    linkedin_url: personLinkedin(person),
    title: role.title,
    email_status: hasEmail(person) ? 'verified' : 'unavailable',
    photo_url: null,
    twitter_url: null,
    github_url: null,
    facebook_url: null,
    extrapolated_email_confidence: null,
    headline: facts === null ? role.title : `${role.title} at ${facts.name}`,
    email: hasEmail(person) ? person.email : null,
    organization_id: organizationId(domain),
    employment_history: [],
    state: facts?.place.state ?? null,
    city: facts?.place.city ?? null,
    country: facts?.place.country ?? null,
    departments: [role.department],
    seniority: role.seniority,
    organization: facts === null ? null : organization(facts),
  };
}

/** A person as a search shows them: neither address nor whole name, which enrichment sells. */
export function foundPerson(person: SourcedPerson): Record<string, unknown> {
  const { firstName, lastName, role, domain } = person;
  const facts = KNOWN.company(domain);
  return {
    id: KNOWN.idOf(person),
    first_name: firstName,
    last_name_obfuscated: `${lastName.slice(0, 2)}***${lastName.slice(-1)}`,
    title: role.title,
    last_refreshed_at: '2025-06-01T00:00:00.000+00:00',
    has_email: hasEmail(person),
    has_city: true,
    has_state: true,
    has_country: true,
    has_direct_phone: 'Maybe',
    organization: {
      name: facts?.name ?? domain,
      has_industry: true,
      has_phone: (facts?.phone ?? null) !== null,
      has_city: true,
      has_state: true,
      has_country: true,
      has_zip_code: false,
      has_revenue: true,
      has_employee_count: true,
    },
  };
}
