import { companyStaff, mailPattern, type StaffMember } from '../../data/company-staff';
import { Seeded } from '../../data/seeded';
import { brandName, mailDomain } from '../../data/simulated-domain';
import type { VendorRequest, WorkedAnswer } from '../simulated-vendor.port';
import { wrongInput } from './failure';
import { sourcesOf } from './sources';

const LIMIT_DEFAULT = 10;
const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

/** The addresses of a domain that stand on the web. */
export function domainSearch({ query }: VendorRequest): WorkedAnswer {
  const domain = query.get('domain')?.toLowerCase() ?? '';
  const limit = Number(query.get('limit') ?? LIMIT_DEFAULT);
  if (domain === '') {
    return wrongInput('wrong_params', 'You are missing the domain parameter');
  }
  if (!DOMAIN.test(domain)) {
    return wrongInput('invalid_domain', 'The domain is invalid');
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    return wrongInput('invalid_limit', 'The limit must be between 1 and 100');
  }
  const emails = knownEmails(domain);
  return {
    status: 200,
    json: {
      data: { ...companyFacts(domain), emails: emails.slice(0, limit), linked_domains: [] },
      meta: {
        results: emails.length,
        limit,
        offset: 0,
        params: { domain, company: null, type: null, seniority: null, department: null },
      },
    },
    // One credit for up to ten addresses; none when nothing is found.
    purchase: { input: { domain }, units: Math.ceil(Math.min(emails.length, limit) / 10) },
  };
}

function companyFacts(domain: string): Record<string, unknown> {
  return {
    domain,
    disposable: false,
    webmail: false,
    accept_all: false,
    pattern: mailPattern(domain),
    organization: brandName(domain),
    description: null,
    industry: null,
    twitter: null,
    facebook: null,
    linkedin: null,
    instagram: null,
    youtube: null,
    technologies: [],
    country: null,
    state: null,
    city: null,
    postal_code: null,
    street: null,
    headcount: null,
    company_type: null,
  };
}

interface ListedEmail {
  value: string;
  type: 'personal' | 'generic';
  confidence: number;
  [field: string]: unknown;
}

/** The vendor lists what it is surest of first, people and role mailboxes alike. */
function knownEmails(domain: string): ListedEmail[] {
  const staff = companyStaff(domain);
  const seeded = new Seeded(domain);
  const generic = staff.length > 0 && seeded.chance('generic address', 0.5) ? [genericEmail(domain)] : [];
  return [...staff.map((member) => personalEmail(domain, member)), ...generic].sort(
    (a, b) => b.confidence - a.confidence,
  );
}

function personalEmail(domain: string, { email, firstName, lastName, role }: StaffMember): ListedEmail {
  const seeded = new Seeded(email);
  return {
    ...emailFacts(domain, email, 'personal', seeded.between('confidence', 61, 99)),
    first_name: firstName,
    last_name: lastName,
    position: role.title,
    position_raw: role.title,
    seniority: role.seniority,
    department: role.department,
  };
}

function genericEmail(domain: string): ListedEmail {
  return {
    ...emailFacts(domain, `info@${mailDomain(domain)}`, 'generic', 92),
    first_name: null,
    last_name: null,
    position: null,
    position_raw: null,
    seniority: null,
    department: null,
  };
}

function emailFacts(
  domain: string,
  value: string,
  type: ListedEmail['type'],
  confidence: number,
): ListedEmail {
  return {
    value,
    type,
    confidence,
    sources: sourcesOf(domain),
    linkedin: null,
    twitter: null,
    phone_number: null,
    verification: { date: null, status: null },
  };
}
