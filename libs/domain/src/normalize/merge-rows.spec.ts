import fc from 'fast-check';
import { companySchema } from '#libs/contracts';
import type { CompanyFacts } from './company-facts';
import { companyId } from './company-id';
import { dedupeKeys } from './dedupe-keys';
import { pickPrimary } from './industry/read-industries';
import { mergeRows } from './merge-rows';

function facts(overrides: Partial<CompanyFacts> = {}): CompanyFacts {
  return {
    name: null,
    domain: null,
    social: null,
    country: null,
    region: null,
    city: null,
    industry: null,
    industries: [],
    employees: null,
    founded: null,
    description: null,
    ...overrides,
  };
}

function merged(...rows: Partial<CompanyFacts>[]) {
  return mergeRows(rows.map((row, i) => ({ row: i + 1, facts: facts(row) })));
}

describe('the keys of a company', () => {
  it('are its domain, and its name within its country', () => {
    const acme = facts({ name: 'Acme GmbH', domain: 'acme.de', country: 'DE' });
    expect(dedupeKeys(acme)).toEqual({ domain: 'acme.de', nameInCountry: 'acme|DE', name: 'acme' });
    expect(dedupeKeys(facts({ name: 'Acme' }))).toEqual({ domain: null, nameInCountry: null, name: 'acme' });
    expect(dedupeKeys(facts({ country: 'DE' }))).toEqual({ domain: null, nameInCountry: null, name: null });
  });
});

describe('the name of a merged company', () => {
  it.each([
    ['Acme Inc.', 'ACME, Inc'],
    ['Acme Foods Inc.', 'ACME Foods, Inc'],
    ['Acme Inc', 'ACME INC'],
    ['Acme', 'acme inc'],
    ['SAP SE', 'sap se'],
    ['SAP SE', 'Sap Se'],
  ])('is %j and not %j', (known, shouted) => {
    expect(merged({ name: shouted }, { name: known }).name).toBe(known);
    expect(merged({ name: known }, { name: shouted }).name).toBe(known);
  });
});

describe('the id of a company', () => {
  it('is pinned: it is in files that outlive a run', () => {
    expect(companyId(facts({ domain: 'acme.com', name: 'Acme' }))).toBe('c_cgkcfdni7w6657jg');
    expect(companyId(facts({ name: 'Acme GmbH', country: 'DE' }))).toBe('c_to4u7hqoqwvxnaa3');
    expect(companyId(facts({ name: 'Acme' }))).toBe('c_kadjlpmcqr75sgvw');
    expect(companyId(facts({ social: 'https://facebook.com/acme' }))).toBe('c_qwehufmf7665r5jo');
  });

  it('does not depend on how the name is spelt, and with a domain not on the name at all', () => {
    expect(companyId(facts({ name: 'ACME, Inc.' }))).toBe(companyId(facts({ name: 'Acme' })));
    expect(companyId(facts({ name: 'A', domain: 'acme.com' }))).toBe(
      companyId(facts({ name: 'B', domain: 'acme.com' })),
    );
    expect(companyId(facts({ name: 'Acme', country: 'DE' }))).not.toBe(
      companyId(facts({ name: 'Acme', country: 'FR' })),
    );
  });

  it('is told apart by a discriminator', () => {
    expect(companyId(facts({ name: 'Acme' }), '7')).not.toBe(companyId(facts({ name: 'Acme' })));
  });
});

describe('merging rows', () => {
  it('takes what most rows say', () => {
    const { country, founded } = merged(
      { country: 'DE', founded: 2010 },
      { country: 'FR', founded: 2011 },
      { country: 'FR', founded: 2010 },
    );
    expect({ country, founded }).toEqual({ country: 'FR', founded: 2010 });
  });

  it('prefers a name in mixed case, a longer description, a narrower size, a part of an industry, a code of a region', () => {
    const company = merged(
      {
        name: 'ACME',
        description: 'Short',
        employees: { min: 51, max: null },
        industry: 'software',
        industries: ['software'],
        region: 'California',
        country: 'US',
      },
      {
        name: 'Acme',
        description: 'Quite a bit longer',
        employees: { min: 51, max: 200 },
        industry: 'analytics',
        industries: ['analytics'],
        region: 'US-CA',
        country: 'US',
      },
      { name: 'acme' },
    );
    expect(company).toMatchObject({
      name: 'Acme',
      description: 'Quite a bit longer',
      employees: { min: 51, max: 200 },
      industry: 'analytics',
      industries: ['analytics', 'software'],
      region: 'US-CA',
      source_rows: [1, 2, 3],
    });
  });

  it('makes no place that does not exist: city and region come from rows of the chosen country', () => {
    const company = merged(
      { country: 'FR', city: 'Paris' },
      { country: 'US', city: 'Austin', region: 'US-TX' },
      { country: 'US' },
      { city: 'Dallas' },
    );
    expect(company).toMatchObject({ country: 'US', region: 'US-TX', city: 'Austin' });
  });

  it('refuses no rows at all', () => {
    expect(() => mergeRows([])).toThrow(RangeError);
  });

  const text = (...values: string[]) => fc.option(fc.constantFrom(...values));
  // A row's primary industry is never picked apart from its others.
  const someFacts: fc.Arbitrary<CompanyFacts> = fc
    .record({
      name: text('Acme', 'ACME', 'Acme Inc', 'acme'),
      domain: text('acme.com', 'acme.de'),
      social: text('https://facebook.com/acme', 'https://twitter.com/acme'),
      country: text('US', 'DE'),
      region: text('US-CA', 'California', 'DE-BY'),
      city: text('Munich', 'San Francisco', 'SAN FRANCISCO'),
      industries: fc.shuffledSubarray(['analytics', 'internet', 'retail', 'software']),
      employees: fc.option(fc.record({ min: fc.nat(50), max: fc.option(fc.integer({ min: 50, max: 99 })) })),
      founded: fc.option(fc.integer({ min: 2000, max: 2003 })),
      description: text('A', 'A longer one'),
    })
    .map((each) => ({ ...each, ...pickPrimary(each.industries) }));
  const rows = fc
    .array(someFacts, { minLength: 1, maxLength: 8 })
    .map((list) => list.map((each, i) => ({ row: i + 1, facts: each })));

  it('is independent of the rows’ order, keeps its shape and loses no fact', () => {
    fc.assert(
      fc.property(rows, fc.gen(), (list, gen) => {
        const company = companySchema.parse(mergeRows(list));
        const shuffled = gen(fc.shuffledSubarray, list, { minLength: list.length, maxLength: list.length });
        expect(mergeRows(shuffled)).toEqual(company);
        for (const key of [
          'name',
          'domain',
          'social',
          'country',
          'industry',
          'employees',
          'founded',
          'description',
        ] as const) {
          expect(company[key] === null).toBe(list.every(({ facts: each }) => each[key] === null));
        }
        expect(company.source_rows).toEqual(list.map(({ row }) => row));
      }),
    );
  });

  it('is idempotent: a merged company merged with itself stays as it is', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const { company_id: id, source_rows: sources, ...once } = mergeRows(list);
        expect(
          mergeRows([
            { row: 1, facts: once },
            { row: 1, facts: once },
          ]),
        ).toEqual({ company_id: id, ...once, source_rows: [1] });
        expect(sources.length).toBe(list.length);
      }),
    );
  });
});
