import { askVendor } from '../../../test/ask-vendor';
import { companyPeople } from '../../data/company-staff';
import { apollo } from './apollo';

const DOMAINS = Array.from({ length: 100 }, (_, i) => `company-${i}.com`);
const enrich = (domain: string) => askVendor(apollo, 'GET', `/api/v1/organizations/enrich?domain=${domain}`);
const search = (body: unknown) => askVendor(apollo, 'POST', '/api/v1/mixed_people/api_search', body);
const match = (body: unknown) => askVendor(apollo, 'POST', '/api/v1/people/match', body);
const bulk = (details: unknown) => askVendor(apollo, 'POST', '/api/v1/people/bulk_match', { details });

interface Listed {
  people: { id: string; first_name: string; title: string; has_email: boolean }[];
  total_entries: number;
}

describe('organizations', () => {
  it('cost a credit where they are known, and nothing where they are not', () => {
    expect(enrich('GitLab.com')).toMatchObject({
      json: { organization: { primary_domain: 'gitlab.com', estimated_num_employees: expect.any(Number) } },
      purchase: { input: { domain: 'gitlab.com' }, units: 1 },
    });
    expect(enrich('company-13.com')).toMatchObject({
      status: 200,
      json: { organization: null },
      purchase: { units: 0 },
    });
    expect(enrich('')).toMatchObject({ status: 422, purchase: null });
  });
});

describe('people', () => {
  it('are found without address or whole name, for nothing, asked in body or query', () => {
    const found = search({ q_organization_domains_list: ['gitlab.com'], per_page: 50 });
    expect(found.purchase).toMatchObject({ units: 0 });
    expect(JSON.stringify(found.json)).not.toMatch(/@|Edwards/);
    const { people, total_entries } = found.json as Listed;
    expect(people).toHaveLength(total_entries);
    const asked = '/api/v1/mixed_people/search?per_page=50&q_organization_domains_list[]=gitlab.com';
    expect(askVendor(apollo, 'POST', asked).json).toEqual(found.json);
  });

  it('are found by title and page', () => {
    const titled = search({ q_organization_domains_list: ['gitlab.com'], person_titles: ['CTO'] })
      .json as Listed;
    expect(titled.people.map(({ title }) => title)).toEqual(['Chief Technology Officer']);
    const strict = { include_similar_titles: false, person_titles: ['CTO'] };
    expect(search({ q_organization_domains_list: ['gitlab.com'], ...strict }).json).toMatchObject({
      people: [],
    });
    const pages = [1, 2, 3].map(
      (page) => search({ q_organization_domains_list: DOMAINS, per_page: 7, page }).json as Listed,
    );
    expect(new Set(pages.flatMap(({ people }) => people.map(({ id }) => id))).size).toBe(21);
    expect(search({ q_organization_domains_list: DOMAINS, per_page: 101 })).toMatchObject({ status: 422 });
  });

  it('are sold by the id of a search, an address, or name and domain: one purchase, however asked for', () => {
    const [first] = (search({ q_organization_domains_list: ['gitlab.com'] }).json as Listed).people;
    const byId = match({ id: first?.id });
    expect(byId).toMatchObject({
      json: { person: { first_name: 'Ayesha', last_name: 'Lin' } },
      purchase: { units: 1 },
    });
    const { email } = (byId.json as { person: { email: string } }).person;
    expect(email).toBe('ayesha.lin@gitlab.com.invalid');
    expect(match({ email })).toEqual(byId);
    expect(match({ first_name: 'ayesha', last_name: 'LIN', domain: 'gitlab.com' })).toEqual(byId);
    expect(match({ name: 'Ayesha Lin', domain: 'gitlab.com' })).toEqual(byId);
  });

  it('cost nothing where nobody is known, and a credit without an address', () => {
    expect(match({ first_name: 'Ada', last_name: 'Example', domain: 'gitlab.com' })).toMatchObject({
      status: 200,
      json: { person: null },
      purchase: { units: 0 },
    });
    const { people } = search({ q_organization_domains_list: DOMAINS, per_page: 100 }).json as Listed;
    const without = people.filter(({ has_email }) => !has_email);
    expect(without.length).toBeGreaterThan(0);
    expect(match({ id: without[0]?.id })).toMatchObject({
      json: { person: { email: null, email_status: 'unavailable' } },
      purchase: { units: 1 },
    });
  });

  it('are sold ten at a time, misses in their place, each bought for itself', () => {
    const details = [
      ...companyPeople('gitlab.com').slice(0, 1),
      { firstName: 'Ada', lastName: 'Example' },
    ].map(({ firstName, lastName }) => ({
      first_name: firstName,
      last_name: lastName,
      domain: 'gitlab.com',
    }));
    expect(bulk(details)).toMatchObject({
      json: { credits_consumed: 1, missing_records: 1, matches: [{ first_name: 'Ayesha' }, null] },
      purchase: [match(details[0]).purchase, { units: 0 }],
    });
    expect(bulk(Array.from({ length: 11 }, () => details[0]))).toMatchObject({
      status: 400,
      json: { error_code: 'RECORD_LIMIT_EXCEEDED' },
      purchase: null,
    });
    expect(bulk([])).toMatchObject({ status: 400, json: { error_code: 'INVALID_REQUEST' } });
  });

  it('have telephone numbers only for who names a webhook', () => {
    expect(match({ email: 'a@b.example', reveal_phone_number: true })).toMatchObject({
      status: 400,
      purchase: null,
    });
  });
});
