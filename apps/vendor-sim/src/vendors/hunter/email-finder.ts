import { companyStaff, mailPattern, type StaffMember } from '../../data/company-staff';
import { mailAddress } from '../../data/mail-address';
import { Seeded } from '../../data/seeded';
import { brandName } from '../../data/simulated-domain';
import type { VendorRequest, WorkedAnswer } from '../simulated-vendor.port';
import { wrongInput } from './failure';
import { sourcesOf } from './sources';

/** For two people in five that it has not seen, the vendor guesses by the pattern of the company's addresses. */
const GUESSED_SHARE = 0.4;

interface Found {
  email: string;
  score: number;
  position: string | null;
  isSeen: boolean;
}

/**
 * The most likely address of one person at a domain. One credit for an address, none where there is none: then `email`
 * and `score` are null.
 */
export function emailFinder({ query }: VendorRequest): WorkedAnswer {
  const domain = query.get('domain')?.toLowerCase() ?? '';
  const fullName = query.get('full_name')?.trim() ?? '';
  const [givenFirst = '', ...givenRest] = fullName.split(/\s+/);
  const firstName = query.get('first_name')?.trim() ?? givenFirst;
  const lastName = query.get('last_name')?.trim() ?? givenRest.join(' ');
  if (domain === '') return wrongInput('wrong_params', 'You are missing the domain parameter');
  if (firstName === '' || lastName === '') {
    return wrongInput('wrong_params', 'You are missing the first_name and last_name or the full_name');
  }
  const found = find(domain, firstName, lastName);
  return {
    status: 200,
    json: {
      data: { first_name: firstName, last_name: lastName, ...addressFacts(domain, found) },
      meta: {
        params: {
          first_name: firstName,
          last_name: lastName,
          full_name: fullName || null,
          domain,
          company: null,
          max_duration: null,
        },
      },
    },
    purchase: {
      input: { domain, person: `${firstName} ${lastName}`.toLowerCase() },
      units: found === null ? 0 : 1,
    },
  };
}

function find(domain: string, firstName: string, lastName: string): Found | null {
  const staff = companyStaff(domain);
  const wanted = `${firstName} ${lastName}`.toLowerCase();
  const seen = staff.find((member) => `${member.firstName} ${member.lastName}`.toLowerCase() === wanted);
  if (seen) return { ...scored(seen), position: seen.role.title, isSeen: true };
  const seeded = new Seeded(`${wanted}@${domain}`);
  if (staff.length === 0 || !seeded.chance('guess', GUESSED_SHARE)) return null;
  const email = mailAddress(mailPattern(domain), firstName, lastName, domain);
  if (email === null) return null;
  return { email, score: seeded.between('score', 20, 60), position: null, isSeen: false };
}

function scored({ email }: StaffMember): { email: string; score: number } {
  return { email, score: new Seeded(email).between('score', 80, 99) };
}

function addressFacts(domain: string, found: Found | null): Record<string, unknown> {
  return {
    email: found?.email ?? null,
    score: found?.score ?? null,
    domain,
    accept_all: false,
    position: found?.position ?? null,
    twitter: null,
    linkedin_url: null,
    phone_number: null,
    company: brandName(domain),
    sources: found?.isSeen ? sourcesOf(domain) : [],
    verification: { date: null, status: null },
  };
}
