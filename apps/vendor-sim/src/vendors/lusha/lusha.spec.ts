import { askVendor } from '../../../test/ask-vendor';
import { lusha } from './lusha';

const DOMAINS = Array.from({ length: 60 }, (_, i) => `company-${i}.com`);
const person = (query: string) => askVendor(lusha, 'GET', `/v2/person?${query}`);
const company = (domain: string) => askVendor(lusha, 'GET', `/v2/company?domain=${domain}`);
const search = (body: unknown) => askVendor(lusha, 'POST', '/prospecting/contact/search', body);
const enrich = (body: unknown) => askVendor(lusha, 'POST', '/prospecting/contact/enrich', body);
const at = (domains: readonly string[], more = {}) => ({
  filters: { companies: { include: { domains } } },
  ...more,
});

interface Found {
  requestId: string;
  totalResults: number;
  contacts: { contactId: string; hasPhones: boolean; jobTitle: string }[];
}

describe('a person', () => {
  const AYESHA = 'firstName=ayesha&lastName=lin&companyDomain=gitlab.com';

  it('has an address for a credit when only that is asked for', () => {
    expect(person(`${AYESHA}&revealEmails=true`)).toMatchObject({
      status: 200,
      json: {
        contact: {
          error: null,
          isCreditCharged: true,
          data: { emailAddresses: [{ email: 'ayesha.lin@gitlab.com.invalid' }], phoneNumbers: [] },
        },
      },
      purchase: { units: 1 },
    });
  });

  it('is charged for everything when nothing is named', () => {
    const { contacts } = search(at(DOMAINS, { pages: { size: 50 } })).json as Found;
    const withPhone = contacts.find(({ hasPhones }) => hasPhones);
    expect(person(`personId=${withPhone?.contactId}`)).toMatchObject({
      json: { contact: { data: { phoneNumbers: [{ number: expect.stringMatching(/555-01\d\d$/) }] } } },
      purchase: { units: 6 },
    });
  });

  it('that nobody knows is an error within an answer, for nothing', () => {
    expect(person('firstName=Ada&lastName=Example&companyDomain=gitlab.com')).toMatchObject({
      status: 200,
      json: { contact: { error: { name: 'EMPTY_DATA' }, isCreditCharged: false, data: null } },
      purchase: { units: 0 },
    });
  });

  it('cannot be asked for with less than a name and a company', () => {
    expect(person('firstName=Ada&companyDomain=gitlab.com')).toMatchObject({ status: 400, purchase: null });
  });
});

describe('a company', () => {
  it('costs a credit where it is known, and nothing where it is not', () => {
    expect(company('GitLab.com')).toMatchObject({
      json: { data: { name: 'Gitlab', domain: 'gitlab.com', companySize: { min: expect.any(Number) } } },
      purchase: { units: 1 },
    });
    expect(company('company-13.com')).toMatchObject({
      status: 200,
      json: { data: null },
      purchase: { units: 0 },
    });
    expect(company('')).toMatchObject({ status: 400, purchase: null });
  });
});

describe('prospecting', () => {
  it('lists contacts without their addresses, and reveals them one by one', () => {
    const found = search(at(['gitlab.com']));
    expect(JSON.stringify(found.json)).not.toContain('@');
    const { contacts, requestId } = found.json as Found;
    expect(requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    const contactIds = [...contacts.slice(0, 2).map(({ contactId }) => contactId), 'ff'];
    expect(enrich({ requestId, contactIds, revealEmails: true })).toMatchObject({
      json: {
        requestId,
        contacts: [
          {
            isSuccess: true,
            data: { emailAddresses: [{ email: expect.stringContaining('@gitlab.com.invalid') }] },
          },
          { isSuccess: true },
          { id: 'ff', isSuccess: false, data: null },
        ],
      },
      purchase: [{ units: 1 }, { units: 1 }, { units: 0 }],
    });
  });

  it('finds by title', () => {
    const contacts = { include: { jobTitles: ['CTO'] } };
    const { filters } = at(['gitlab.com']);
    const { contacts: found } = search({ filters: { ...filters, contacts } }).json as Found;
    expect(found.map(({ jobTitle }) => jobTitle)).toEqual(['Chief Technology Officer']);
  });

  it.each([{}, at(['a.com'], { pages: { size: 5 } }), at(['a.com'], { pages: { page: -1 } })])(
    'refuses %j, for nothing',
    (body) => {
      expect(search(body)).toMatchObject({ status: 400, json: { statusCode: 400 }, purchase: null });
    },
  );
});
