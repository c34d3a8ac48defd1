import type { SourcedPerson } from '../../data/source-of-data';
import { personPhone } from '../../data/person-facts';
import { Seeded } from '../../data/seeded';
import { jsonBody, recordAt, textAt, textsAt } from '../request-parameters';
import type { VendorRequest, WorkedAnswer } from '../simulated-vendor.port';
import { titleMatches } from '../title-match';
import { companyNumber } from './company';
import { KNOWN } from './known-world';
import { reveal, revealed, wanted } from './reveal';

const PAGE_SIZE_DEFAULT = 20;
const PAGE_SIZES = { min: 10, max: 50 };
const CONTACTS_MAX = 100;

/** Contacts by the domains of their companies and by title: names and what there is of them, but no address. */
export function searchContacts(request: VendorRequest): WorkedAnswer {
  const body = jsonBody(request);
  const filters = recordAt(body, 'filters');
  if (body === null || Object.keys(filters).length === 0) return refused('filters should not be empty');
  const pages = recordAt(body, 'pages');
  const page = Number(textAt(pages, 'page') || 0);
  const size = Number(textAt(pages, 'size') || PAGE_SIZE_DEFAULT);
  if (!Number.isInteger(page) || page < 0) return refused('pages.page must not be less than 0');
  if (!Number.isInteger(size) || size < PAGE_SIZES.min || size > PAGE_SIZES.max) {
    return refused(`pages.size must be ${PAGE_SIZES.min} to ${PAGE_SIZES.max}`);
  }
  const domains = textsAt(recordAt(filters, 'companies', 'include'), 'domains').map((one) =>
    one.toLowerCase(),
  );
  const titles = textsAt(recordAt(filters, 'contacts', 'include'), 'jobTitles');
  const people = domains
    .flatMap((domain) => KNOWN.people(domain))
    .filter(({ role }) => titleMatches(role.title, titles, false));
  const shown = people.slice(page * size, (page + 1) * size);
  const input = { domains: domains.join(' '), titles: titles.join(' '), page: String(page) };
  return {
    status: 200,
    json: {
      requestId: requestIdOf(JSON.stringify(input)),
      currentPage: page,
      pageLength: shown.length,
      totalResults: people.length,
      contacts: shown.map(listed),
    },
    // Charged by result: one credit for a page that has any.
    purchase: { input, units: shown.length > 0 ? 1 : 0 },
  };
}

/** Reveals contacts that a search has found, each for itself. */
export function enrichContacts(request: VendorRequest): WorkedAnswer {
  const body = jsonBody(request) ?? {};
  const ids = textsAt(body, 'contactIds');
  const requestId = textAt(body, 'requestId');
  if (requestId === '') return refused('requestId should not be empty');
  if (ids.length === 0 || ids.length > CONTACTS_MAX)
    return refused(`contactIds must hold 1 to ${CONTACTS_MAX} ids`);
  const what = wanted(body.revealEmails, body.revealPhones);
  const people = ids.map((id) => ({ id, person: KNOWN.personById(id) }));
  return {
    status: 200,
    json: {
      requestId,
      contacts: people.map(({ id, person }) =>
        person === null
          ? { id, isSuccess: false, data: null }
          : {
              id,
              isSuccess: true,
              data: { ...revealed(person, what), companyId: companyNumber(person.domain) },
            },
      ),
    },
    purchase: people.map(({ id, person }) =>
      person === null ? { input: { unknown: id }, units: 0 } : reveal(person, what),
    ),
  };
}

function listed(person: SourcedPerson): Record<string, unknown> {
  const { firstName, lastName, role, domain } = person;
  return {
    contactId: KNOWN.idOf(person),
    isShown: false,
    name: `${firstName} ${lastName}`,
    jobTitle: role.title,
    companyId: companyNumber(domain),
    companyName: KNOWN.company(domain)?.name ?? domain,
    fqdn: `www.${domain}`,
    hasDepartment: true,
    hasSeniority: true,
    hasSocialLink: true,
    hasEmails: true,
    hasWorkEmail: true,
    hasPrivateEmail: false,
    hasPhones: personPhone(person) !== null,
    hasMobilePhone: false,
    hasDirectPhone: personPhone(person) !== null,
  };
}

function refused(problem: string): WorkedAnswer {
  return {
    status: 400,
    json: { statusCode: 400, message: 'Invalid request parameters', errors: [problem] },
    purchase: null,
  };
}

/** A UUID by its looks, the same for the same search. */
function requestIdOf(search: string): string {
  const seeded = new Seeded(search);
  const digits = [0, 1, 2]
    .map((i) =>
      seeded
        .between(`request id ${i}`, 0, 2 ** 44 - 1)
        .toString(16)
        .padStart(11, '0'),
    )
    .join('')
    .slice(0, 32);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
