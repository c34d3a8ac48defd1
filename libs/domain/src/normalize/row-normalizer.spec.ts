import fc from 'fast-check';
import type { ColumnMapping, CompanyField } from '#libs/contracts';
import { companySchema } from '#libs/contracts';
import { mergeRows } from './merge-rows';
import { createRowNormalizer } from './row-normalizer';

type Cells = Partial<Record<CompanyField, string>>;

function mappingOf(fields: readonly (CompanyField | null)[]): ColumnMapping[] {
  return fields.map((field) => ({ field, by: field && 'name_and_values', evidence: '' }));
}

/** The facts of a row with these cells; the test fails if it is rejected. */
function factsOf(cells: Cells) {
  const row = { name: 'Acme', ...cells };
  const result = createRowNormalizer(mappingOf(Object.keys(row) as CompanyField[]))(Object.values(row));
  if (result.kind === 'reject') throw new Error(result.reason);
  return result.facts;
}

describe('a row', () => {
  it('becomes the facts of a company', () => {
    expect(
      factsOf({
        name: '&quot;Curebit&quot;',
        domain: 'https://www.talkable.com',
        country: 'USA',
        region: 'California',
        city: 'SAN FRANCISCO',
        industry: 'E-Commerce, Analytics, Internet',
        employees: '11-50',
        founded: '2010',
        description: 'A <b>social</b> platform &amp; more',
      }),
    ).toEqual({
      name: 'Curebit',
      domain: 'talkable.com',
      social: null,
      country: 'US',
      region: 'US-CA',
      city: 'San Francisco',
      industry: 'e_commerce',
      industries: ['analytics', 'e_commerce', 'internet'],
      employees: { min: 11, max: 50 },
      founded: 2010,
      description: 'A social platform & more',
    });
  });

  it('stays with a name, a domain or a social page alone', () => {
    const normalize = createRowNormalizer(mappingOf(['name', 'domain']));
    expect(normalize(['Acme', ''])).toMatchObject({ kind: 'company', facts: { name: 'Acme', domain: null } });
    expect(normalize(['', 'acme.com'])).toMatchObject({
      kind: 'company',
      facts: { name: null, domain: 'acme.com' },
    });
    expect(normalize(['N/A', 'facebook.com/acme'])).toMatchObject({
      kind: 'company',
      facts: { name: null, social: 'https://facebook.com/acme' },
    });
    expect(normalize(['Acme'])).toMatchObject({ kind: 'company' });
  });

  it.each([
    [['', ''], 'The row is empty'],
    [[], 'The row is empty'],
    [['', '', 'Berlin'], 'The row has no company name and no website'],
    [['N/A', ''], 'The row has no company name and no website: "N/A" is neither'],
    [['-', 'http://'], 'The row has no company name and no website: "-" and "http://" are neither'],
  ])('%j is rejected: %s', (cells, reason) => {
    expect(createRowNormalizer(mappingOf(['name', 'domain', 'city']))(cells)).toEqual({
      kind: 'reject',
      reason,
    });
  });
});

describe('the address of a row', () => {
  it('is no platform’s own site, unless the company may own the platform', () => {
    for (const domain of ['https://www.facebook.com/', 'google.com', 'etsy.com']) {
      expect(factsOf({ name: 'Joe’s Diner', domain })).toMatchObject({ domain: null, social: null });
    }
    expect(factsOf({ name: 'Facebook, Inc.', domain: 'facebook.com' }).domain).toBe('facebook.com');
    expect(factsOf({ name: 'Meta Platforms', domain: 'facebook.com' }).domain).toBe('facebook.com');
    expect(factsOf({ name: 'Product Hunt', domain: 'producthunt.com' }).domain).toBe('producthunt.com');
    expect(factsOf({ name: '', domain: 'facebook.com' }).domain).toBe('facebook.com');
  });

  it('is the site of one column and the page of another', () => {
    const normalize = createRowNormalizer(mappingOf(['domain', 'domain']));
    expect(normalize(['https://linkedin.com/company/acme', 'acme.com'])).toMatchObject({
      facts: { domain: 'acme.com', social: 'https://linkedin.com/company/acme' },
    });
  });
});

it('is called by its other name where the first is missing', () => {
  const mapping = mappingOf(['name', 'name']).map(
    (column, i) => ({ ...column, by: i === 0 ? 'values' : 'name' }) as const,
  );
  const normalize = createRowNormalizer(mapping);
  expect(normalize(['Acme Ltda.', 'Acme'])).toMatchObject({ facts: { name: 'Acme' } });
  expect(normalize(['Acme Ltda.', 'n/a'])).toMatchObject({ facts: { name: 'Acme Ltda.' } });
});

describe('the size of a row', () => {
  it('is the count, else the range of another column', () => {
    const normalize = createRowNormalizer(mappingOf(['name', 'employees', 'employees']));
    expect(normalize(['Acme', '51-200', '120'])).toMatchObject({
      facts: { employees: { min: 120, max: 120 } },
    });
    expect(normalize(['Acme', '', '51-200'])).toMatchObject({ facts: { employees: { min: 51, max: 200 } } });
  });
});

describe('the place of a row', () => {
  it.each<[Cells, string | null, string | null, string | null]>([
    [{ country: 'Georgia', city: 'Tbilisi' }, 'Tbilisi', null, 'GE'],
    [{ country: 'Georgia', city: 'Atlanta' }, 'Atlanta', 'US-GA', 'US'],
    [{ country: 'USA', region: 'Georgia' }, null, 'US-GA', 'US'],
    [{ country: 'CA' }, null, null, 'CA'],
    [{ country: 'APAC', region: 'EMEA' }, null, null, null],
    [{ country: 'D', city: 'Ulm' }, 'Ulm', null, 'DE'],
    [{ region: 'CA' }, null, 'US-CA', 'US'],
    [{ country: '', region: 'Texas' }, null, 'US-TX', 'US'],
    [{ country: '', region: 'Giorgia' }, null, 'Giorgia', null],
    [{ country: 'USA', region: 'Giorgia', city: 'Atlanta' }, 'Atlanta', 'Giorgia', 'US'],
    [
      { country: 'USA', region: 'California, New York', city: 'San Francisco, New York City' },
      'San Francisco',
      'US-CA',
      'US',
    ],
    [{ country: 'USA', region: '', city: 'Redmond WA' }, 'Redmond', 'US-WA', 'US'],
    [{ country: '', city: 'Redmond WA' }, 'Redmond', 'US-WA', 'US'],
    [{ country: 'Germny', city: 'Berlin' }, 'Berlin', null, 'DE'],
    [{ country: 'Austin, TX' }, 'Austin', 'US-TX', 'US'],
    [{ country: 'SCOTLAND', city: 'Glasgow' }, 'Glasgow', 'GB-SCT', 'GB'],
    [{ country: 'California' }, null, 'US-CA', 'US'],
    [{ country: 'N/A', region: 'none', city: '-' }, null, null, null],
    [{ country: 'Australia', region: 'WA' }, null, 'AU-WA', 'AU'],
    [{ country: 'IN', region: 'Karnataka' }, null, 'IN-KA', 'IN'],
    [{ city: 'bombay, maharashtra, india', country: 'india' }, 'Bombay', 'IN-MH', 'IN'],
    [{ location: 'Berlin, Germany', country: 'DE' }, 'Berlin', 'DE-BE', 'DE'],
    [{ location: 'Berlin, Germany', country: 'France', city: '' }, null, null, 'FR'],
    [{ location: 'San Francisco - California - USA', city: 'Oakland' }, 'Oakland', 'US-CA', 'US'],
  ])('%j', (cells, city, region, country) => {
    expect(factsOf(cells)).toMatchObject({ city, region, country });
  });

  it('NA in the country column is "not available", and Namibia where the row says so', () => {
    expect(factsOf({ country: 'NA' }).country).toBeNull();
    expect(factsOf({ country: 'NA', city: 'Windhoek' }).country).toBe('NA');
    expect(factsOf({ country: 'NA', domain: 'acme.com.na' }).country).toBe('NA');
    expect(factsOf({ country: 'Namibia' }).country).toBe('NA');
  });
});

describe('several columns of one field', () => {
  it('industries are united in their order, web addresses fill gaps, e-mail addresses last', () => {
    const mapping = mappingOf(['name', 'industry', 'industry', 'domain', 'domain', 'domain']);
    const normalize = createRowNormalizer(
      mapping.map((column, i) => (i === 5 ? { ...column, by: 'values' as const } : column)),
    );
    expect(normalize(['Acme', 'Retail', 'Software, Retail', '', 'acme.com', 'x@other.com'])).toMatchObject({
      facts: { industry: 'retail', industries: ['retail', 'software'], domain: 'acme.com' },
    });
    expect(normalize(['Acme', '', '', 'facebook.com/acme', '', 'x@acme.com'])).toMatchObject({
      facts: { domain: 'acme.com', social: 'https://facebook.com/acme' },
    });
    expect(normalize(['Acme', '', '', '', '', 'x@gmail.com'])).toMatchObject({ facts: { domain: null } });
  });

  it('a range in two columns is one size', () => {
    expect(factsOf({ employees_min: '51', employees_max: '200' }).employees).toEqual({ min: 51, max: 200 });
  });
});

describe('normalizing', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom(
      '',
      'USA',
      'CA',
      'Georgia',
      'acme.com',
      'facebook.com/acme',
      '51-200',
      '2012',
      'Software, Retail',
      'Berlin, Germany',
      'N/A',
      'a@b.com',
      'Redmond WA',
      '10-Jan',
    ),
  );
  const FIELDS: CompanyField[] = [
    'name',
    'domain',
    'social',
    'country',
    'region',
    'city',
    'location',
    'industry',
    'employees',
    'founded',
    'description',
  ];
  const row = fc.array(cell, { minLength: FIELDS.length, maxLength: FIELDS.length });

  it('never throws, keeps the shape, and gives the same answer whatever came before', () => {
    const used = createRowNormalizer(mappingOf(FIELDS));
    fc.assert(
      fc.property(row, (cells) => {
        const result = used(cells);
        expect(createRowNormalizer(mappingOf(FIELDS))(cells)).toEqual(result);
        if (result.kind === 'company') companySchema.parse(mergeRows([{ row: 1, facts: result.facts }]));
        else expect(result.reason).toMatch(/^The row (?:is empty|has no company name and no website)/);
      }),
    );
  });

  it('what it has normalized once changes nothing', () => {
    const normalize = createRowNormalizer(mappingOf(FIELDS));
    fc.assert(
      fc.property(row, (cells) => {
        const result = normalize(cells);
        if (result.kind === 'reject') return;
        const { name, domain, social, country, region, city, industries, employees, founded, description } =
          result.facts;
        const size =
          employees === null
            ? ''
            : employees.max === null
              ? `${employees.min}+`
              : `${employees.min}-${employees.max}`;
        const again = normalize([
          name ?? '',
          domain ?? '',
          social ?? '',
          country ?? '',
          region ?? '',
          city ?? '',
          '',
          industries.join('; '),
          size,
          String(founded ?? ''),
          description ?? '',
        ]);
        if (again.kind === 'reject') throw new Error(again.reason);
        expect({ ...again.facts, industry: null }).toEqual({
          ...result.facts,
          industry: null,
          country: again.facts.country,
          region: again.facts.region,
        });
        if (country !== null && country !== 'NA') expect(again.facts.country).toBe(country);
      }),
    );
  });
});
