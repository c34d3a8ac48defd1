import type { SourcedPerson } from '../../data/source-of-data';
import type { VendorRequest, WorkedAnswer } from '../simulated-vendor.port';
import { companyIn, companyNumber } from './company';
import { KNOWN } from './known-world';
import { reveal, revealed, wanted } from './reveal';

/**
 * One person by id, address, or name and domain. A person it cannot find is no HTTP error: `contact.error` says so, and
 * nothing is charged.
 */
export function findPerson({ query }: VendorRequest): WorkedAnswer {
  const asked = (name: string): string => query.get(name)?.trim() ?? '';
  const domain = asked('companyDomain').toLowerCase();
  const isEnough =
    [asked('personId'), asked('email'), asked('linkedinUrl')].some((one) => one !== '') ||
    (asked('firstName') !== '' && asked('lastName') !== '' && (domain !== '' || asked('companyName') !== ''));
  if (!isEnough) {
    const message = 'Give personId, email, linkedinUrl, or firstName, lastName and a company';
    return { status: 400, json: { statusCode: 400, message }, purchase: null };
  }
  const person = search(asked, domain);
  if (person === null) {
    return {
      status: 200,
      json: { contact: { error: NOT_FOUND, isCreditCharged: false, data: null } },
      purchase: { input: { unknown: query.toString().toLowerCase() }, units: 0 },
    };
  }
  const what = wanted(query.get('revealEmails'), query.get('revealPhones'));
  const purchase = reveal(person, what);
  const data = {
    ...revealed(person, what),
    companyId: companyNumber(person.domain),
    company: companyIn(person.domain),
  };
  return {
    status: 200,
    json: { contact: { error: null, isCreditCharged: purchase.units > 0, data } },
    purchase,
  };
}

const NOT_FOUND = { code: 3, name: 'EMPTY_DATA', message: 'Could not find requested data' };

function search(asked: (name: string) => string, domain: string): SourcedPerson | null {
  if (asked('personId') !== '') return KNOWN.personById(asked('personId'));
  if (asked('email') !== '') return KNOWN.personByEmail(asked('email'));
  return domain === '' ? null : KNOWN.personNamed(domain, asked('firstName'), asked('lastName'));
}
