import { companyFacts } from './company-facts';
import { companyPeople, isKnownAnywhere } from './company-staff';
import { SourceOfData } from './source-of-data';

const DOMAINS = Array.from({ length: 1_000 }, (_, i) => `company-${i}.com`);
const ONE = new SourceOfData('one', { companies: 0.8, people: 0.7 });
const OTHER = new SourceOfData('other', { companies: 0.6, people: 0.7 });

/** The share of these that holds. */
function share<T>(of: readonly T[], holds: (one: T) => boolean): number {
  return of.filter(holds).length / of.length;
}

describe('what vendors of data know', () => {
  it('is their share of the companies and people there are, and never more', () => {
    const known = DOMAINS.filter(isKnownAnywhere);
    expect(share(known, (domain) => ONE.company(domain) !== null)).toBeCloseTo(0.8, 1);
    expect(share(known, (domain) => OTHER.company(domain) !== null)).toBeCloseTo(0.6, 1);
    const people = known.filter((domain) => ONE.company(domain) !== null).flatMap(companyPeople);
    expect(share(people, ({ email }) => ONE.personByEmail(email) !== null)).toBeCloseTo(0.7, 1);
    const unknown = DOMAINS.filter((domain) => !isKnownAnywhere(domain));
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.flatMap((domain) => [...ONE.people(domain), ...OTHER.people(domain)])).toEqual([]);
    expect(unknown.filter((domain) => companyFacts(domain) !== null)).toEqual([]);
  });

  it('differs: the second in a waterfall knows some that the first does not', () => {
    const onlyOther = DOMAINS.filter(
      (domain) => ONE.company(domain) === null && OTHER.company(domain) !== null,
    );
    expect(onlyOther.length / DOMAINS.length).toBeGreaterThan(0.05);
  });

  it('agrees: the same person has the same address everywhere, found by name, address or id', () => {
    const people = DOMAINS.slice(0, 200).flatMap((domain) => ONE.people(domain));
    expect(people.length).toBeGreaterThan(200);
    for (const person of people) {
      const { domain, firstName, lastName, email } = person;
      expect(companyPeople(domain)).toContainEqual(expect.objectContaining({ firstName, lastName, email }));
      expect(ONE.personNamed(domain, firstName.toUpperCase(), lastName)?.email).toBe(email);
      expect(ONE.personByEmail(email)).toEqual(person);
      expect(ONE.personById(ONE.idOf(person))).toEqual(person);
      const elsewhere = OTHER.personNamed(domain, firstName, lastName);
      if (elsewhere) expect(elsewhere.email).toBe(email);
    }
  });

  it('has nobody for an id that was never given', () => {
    for (const id of ['', 'ff', 'nonsense', Buffer.from('99/gitlab.com').toString('hex')]) {
      expect(ONE.personById(id)).toBeNull();
    }
  });
});
