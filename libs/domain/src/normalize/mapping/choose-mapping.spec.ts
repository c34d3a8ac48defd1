import fc from 'fast-check';
import { columnMappingSchema, type CompanyField } from '#libs/contracts';
import { chooseMapping } from './choose-mapping';
import { isUsableMapping } from './is-usable-mapping';

/** Values as they stand in real files, by what they are. */
const VALUES = {
  name: ['Acme Inc', 'Globex', 'Initech LLC', 'Umbrella', 'Hooli', 'Vandelay Industries'],
  domain: [
    'https://www.acme.com',
    'globex.de',
    'http://initech.io/about',
    'umbrella.co.uk',
    '',
    'vandelay.com',
  ],
  social: [
    'https://www.linkedin.com/company/acme',
    'linkedin.com/company/globex',
    '',
    'https://linkedin.com/company/umbrella',
    '',
    '',
  ],
  country: ['USA', 'Germany', 'United States', 'UK', '', 'US'],
  region: ['California', 'Bayern', 'TX', 'London', '', 'NY'],
  city: ['San Francisco', 'München', 'Austin', 'London', '', 'New York'],
  location: ['San Francisco, CA', 'Munich, Germany', 'Austin, TX, USA', 'London, UK', '', 'New York, NY'],
  industry: ['Computer Software', 'Retail', 'Software, Analytics', 'Biotechnology', '', 'Import and Export'],
  employees: ['51-200', '11-50', '1,001-5,000', '10', '', '500+'],
  employees_min: ['51', '11', '1001', '10', '', '500'],
  employees_max: ['200', '50', '5000', '10', '', '1000'],
  founded: ['1999', '2005', '2012', '', '1987', '2001'],
  description: [
    'Makes anvils and other things for coyotes',
    'Does it all, everywhere',
    'Y2K updates for banks',
    'Health for everyone in the city',
    '',
    'Latex and more for export',
  ],
} as const satisfies Record<CompanyField, readonly string[]>;
const OTHER = {
  images: [
    'https://cdn.x.com/a/logo1.png',
    'https://cdn.x.com/b/logo2.jpg',
    'http://img.y.net/3.png',
    '',
    'https://cdn.x.com/5.png',
    'https://cdn.x.com/6.svg',
  ],
  directory: [
    'https://www.crunchbase.com/organization/a',
    'https://www.crunchbase.com/organization/b',
    'crunchbase.com/organization/c',
    '',
    'crunchbase.com/organization/e',
    '',
  ],
  persons: ['Ada Byron', 'Grace Hopper', 'Alan Turing, Joan Clarke', 'Edsger Dijkstra', '', 'Barbara Liskov'],
  mails: ['ada@acme.com', 'grace@globex.de', 'joe@gmail.com', 'x@umbrella.co.uk', '', 'a@vandelay.com'],
  ownMails: ['jo@us.com', 'al@us.com', 'jo@us.com', 'jo@us.com', '', 'al@us.com'],
  personPages: [
    'https://www.linkedin.com/in/ada-b',
    'https://www.linkedin.com/sales/lead/ACw1,NAME',
    'https://www.linkedin.com/in/alan',
    '',
    'https://www.linkedin.com/in/ed',
    '',
  ],
  plates: ['D', 'A', 'D', '', 'CH', 'D'],
  phones: ['+1 415 555 0100', '+49 89 1234', '512 555 0101', '', '', '212-555-0199'],
  money: ['$1,200,000', '500000', '$3M', '', '1000', '25000'],
  ids: ['1', '2', '3', '4', '5', '6'],
  nonsense: ['yes', 'no', 'no', 'yes', 'maybe', 'no'],
} as const;

type Kind = CompanyField | keyof typeof OTHER;

function map(...columns: (readonly [header: string, kind: Kind])[]) {
  const values = columns.map(([, kind]) => ({ ...VALUES, ...OTHER })[kind]);
  const rows = [0, 1, 2, 3, 4, 5].map((row) => values.map((column) => column[row] ?? ''));
  return chooseMapping(
    columns.map(([header]) => header),
    rows,
  );
}

/** The fields of the columns. */
function fields(...columns: (readonly [string, Kind])[]) {
  return map(...columns).map(({ field }) => field);
}

describe('a column is known by its name', () => {
  it.each<[CompanyField, string]>([
    [
      'name',
      'Company|Company Name|company_name|companyName|Name|Account Name|Organization|Organisation Name|Business Name|Firma|Unternehmen|Unternehmensname|Firmenname|Société|Raison sociale|Empresa|Nombre|Ragione sociale|Bedrijfsnaam|Azienda|会社名|Company Name for Emails|Startup|COMPANY-NAME*|Legal Name|Employer|Current Company',
    ],
    [
      'domain',
      'Website|Homepage|homepage_url|company_domain|URL|Web Site|website_url|Company Website|Domain|Domain Name|Webseite|Site web|Sitio web|Website URL|Company Domain Name|Web|www|Primary Domain|Root Domain|Link|Company URL|Homepage Link',
    ],
    [
      'social',
      'LinkedIn|LinkedIn Company Profile URL|linkedin_profile_url|Company Linkedin Url|linkedin_url|Facebook|LinkedIn Company Page|Social',
    ],
    [
      'country',
      'Country|Country Code|HQ Country|Headquarters (Country)|Land|Pays|País|Company Country|country_code|Country/Region|Headquarters Country|location_country|Country (HQ)|Nation|Billing Country|ISO Country|geo.country',
    ],
    [
      'region',
      'State|Region|HQ State|Headquarters (US State)|State/Province|state_code|Bundesland|Province|Company State|State/Region|Billing State/Province|都道府県|geo.stateCode',
    ],
    [
      'city',
      'City|HQ City|Headquarters (City)|Town|Stadt|Ort|Ville|Ciudad|Company City|City/Town|Billing City|Municipio|geo.city',
    ],
    [
      'location',
      'Location|HQ Location|Headquarters|Headquarters Location|Mapping Location|Standort|Company Location|Based in|HQ|Address',
    ],
    [
      'industry',
      'Industry|Industries|Categories|Category|Sector|Branche|Primary Industry|Company Industry|industry_name|Secteur|Vertical|Industry Group|Sub-Industry|Category List|Business Category|Tags|D&B Hoovers Industry|category.industry',
    ],
    [
      'employees',
      'Employees|# Employees|Number of Employees|No. of Employees|Company Size|company_size|Headcount|Employee Count|Employee Range|Mitarbeiter|Anzahl Mitarbeiter|Mitarbeiterzahl|Effectif|Empleados|numberOfEmployees|Staff|Team Size|Size|Num Employees Enum|Employees (LinkedIn)|employee_count|MA|Anzahl MA|Nº de empleados|Employees (All Sites)|従業員数|metrics.employees',
    ],
    [
      'founded',
      'Founded|Year Founded|Founded Year|founded_year|Founding Year|Founded Date|Gründungsjahr|Established|Year Established|Incorporation Date|foundedYear|Date Founded|Année de création|Year of Foundation|founded_on|Gegr.|registration_incorporation_date|Fecha de constitución|設立年月日',
    ],
    [
      'description',
      'Description|Short Description|Company Description|About|About Us|Overview|Summary|Tagline|Beschreibung|Long Description|SEO Description|short_description',
    ],
  ])('%s: %s', (field, headers) => {
    for (const header of headers.split('|')) {
      const [column] = map([header, field]);
      expect([header, column?.field]).toEqual([header, field]);
    }
  });

  it('with the words of a range in two columns', () => {
    expect(fields(['Employees From', 'employees_min'], ['Employees To', 'employees_max'])).toEqual([
      'employees_min',
      'employees_max',
    ]);
    expect(fields(['min_employees', 'employees_min'], ['max_employees', 'employees_max'])).toEqual([
      'employees_min',
      'employees_max',
    ]);
  });

  it('and says so in a sentence with figures', () => {
    expect(map(['Homepage', 'domain'])).toEqual([
      {
        field: 'domain',
        by: 'name_and_values',
        evidence: '"Homepage" is a usual name for it; 5 of 5 values are web addresses',
      },
    ]);
  });
});

describe('a column is known by its values', () => {
  it.each<[string, Kind, CompanyField | null]>([
    ['Field7', 'domain', 'domain'],
    ['Link', 'domain', 'domain'],
    ['whatever it is', 'domain', 'domain'],
    ['', 'domain', 'domain'],
    ['column 3', 'employees', 'employees'],
    ['column 3', 'founded', 'founded'],
    ['column 3', 'location', 'location'],
    ['column 3', 'industry', 'industry'],
    ['column 3', 'country', 'country'],
    ['column 3', 'name', 'name'],
    ['column 3', 'ids', null],
    ['Website', 'nonsense', null],
    ['Website', 'ids', null],
    ['Employees', 'persons', null],
    ['Country', 'money', null],
    ['Founded', 'nonsense', null],
    ['Name', 'ids', null],
    ['Land', 'plates', 'country'],
  ])('%j full of %s is %s', (header, kind, field) => {
    expect(fields([header, kind])).toEqual([field]);
  });

  it.each<[string, Kind]>([
    ['Logo', 'images'],
    ['Logo URL', 'images'],
    ['Link', 'images'],
    ['Crunchbase / Angel List Profile', 'directory'],
    ['Profile', 'directory'],
    ['Founders', 'persons'],
    ['Contact Name', 'persons'],
    ['First Name', 'persons'],
    ['Investors', 'name'],
    ['Phone', 'phones'],
    ['Total Funding', 'money'],
    ['Annual Revenue', 'money'],
    ['ID', 'ids'],
    ['Y Combinator Year', 'founded'],
    ['Last Funding Date', 'founded'],
    ['Status', 'nonsense'],
    ['Person Linkedin Url', 'social'],
    ['Profile', 'personPages'],
    ['Profile URL', 'personPages'],
    ['parent.domain', 'domain'],
    ['founder.name', 'persons'],
    ['Account Owner Email', 'ownMails'],
    ['Employee Name', 'persons'],
  ])('%j full of %s is not used, and the mapping says why', (header, kind) => {
    const [column] = map([header, kind]);
    expect(column).toMatchObject({ field: null, by: null });
    expect(column?.evidence).toMatch(/^Not used: .{15}/);
  });
});

describe('columns do not fight', () => {
  it('the company’s own column wins over a person’s and over a general one', () => {
    expect(fields(['Name', 'persons'], ['Company', 'name'])).toEqual([null, 'name']);
    expect(fields(['Full Name', 'persons'], ['Company', 'name'])).toEqual([null, 'name']);
    expect(fields(['Lead Name', 'persons'], ['Employer', 'name'])).toEqual([null, 'name']);
    expect(fields(['legalName', 'name'], ['name', 'name'])).toEqual(['name', 'name']);
    expect(fields(['Contact', 'persons'], ['Company', 'name'])).toEqual([null, 'name']);
    expect(fields(['City', 'city'], ['Company City', 'city'])).toEqual([null, 'city']);
    expect(fields(['Office Address', 'location'], ['Mapping Location', 'location'])).toEqual([
      null,
      'location',
    ]);
  });

  it('industries are united, parts of a place stand beside free text', () => {
    expect(fields(['Industry', 'industry'], ['Sub-Industry', 'industry'])).toEqual(['industry', 'industry']);
    expect(fields(['Location', 'location'], ['Country', 'country'], ['City', 'city'])).toEqual([
      'location',
      'country',
      'city',
    ]);
  });

  it('a company’s other name fills the gaps of its name, a person’s does not', () => {
    const [legal, trade] = map(['Razão Social', 'name'], ['Nome Fantasia', 'name']);
    expect([legal, trade].map((column) => column?.field)).toEqual(['name', 'name']);
    expect([legal, trade].filter((column) => column?.by === 'values')).toHaveLength(1);
    expect(fields(['Name', 'persons'], ['Company Name', 'name'])).toEqual([null, 'name']);
  });

  it('a range of employees fills the gaps of their number', () => {
    const [count, range] = map(['Employees', 'employees_min'], ['Employee Range', 'employees']);
    expect(count).toMatchObject({ field: 'employees', by: 'name_and_values' });
    expect(range).toMatchObject({ field: 'employees', evidence: expect.stringContaining('fills the gaps') });
  });

  it('a column of websites without one is the social pages, if another one has the websites', () => {
    expect(fields(['Website', 'social'], ['URL', 'domain'])).toEqual(['social', 'domain']);
    expect(fields(['Name', 'name'], ['Website', 'social'])).toEqual(['name', 'domain']);
  });

  it('a second column of web addresses fills gaps of the first, and so do e-mail addresses, only if they agree', () => {
    expect(fields(['Website', 'domain'], ['Domain', 'domain'])).toEqual(['domain', 'domain']);
    const [website, email] = map(['Website', 'domain'], ['Email', 'mails']);
    expect(website).toMatchObject({ field: 'domain', by: 'name_and_values' });
    expect(email).toMatchObject({
      field: 'domain',
      by: 'values',
      evidence: expect.stringContaining('fills gaps'),
    });
    const rows = [
      ['acme.com', 'lawyer.com'],
      ['globex.de', 'kanzlei.de'],
      ['initech.io', 'agency.io'],
      ['hooli.com', 'hooli-law.com'],
    ];
    expect(chooseMapping(['Website', 'Partner site'], rows).map(({ field }) => field)).toEqual([
      'domain',
      null,
    ]);
  });

  it('a size makes a minimum and a maximum pointless', () => {
    expect(
      fields(
        ['Employees', 'employees'],
        ['Min Employees', 'employees_min'],
        ['Max Employees', 'employees_max'],
      ),
    ).toEqual(['employees', null, null]);
  });
});

describe('whole files', () => {
  it('of a start-up list', () => {
    const columns: [string, Kind, CompanyField | null][] = [
      ['Company', 'name', 'name'],
      ['Satus', 'nonsense', null],
      ['Year Founded', 'founded', 'founded'],
      ['Mapping Location', 'location', 'location'],
      ['Description', 'description', 'description'],
      ['Categories', 'industry', 'industry'],
      ['Founders', 'persons', null],
      ['Y Combinator Year', 'founded', null],
      ['Investors', 'persons', null],
      ['Amounts raised in different funding rounds', 'money', null],
      ['Office Address', 'location', null],
      ['Headquarters (City)', 'city', 'city'],
      ['Headquarters (US State)', 'region', 'region'],
      ['Headquarters (Country)', 'country', 'country'],
      ['Logo', 'images', null],
      ['Crunchbase / Angel List Profile', 'directory', null],
      ['Website', 'domain', 'domain'],
    ];
    expect(fields(...columns.map(([header, kind]) => [header, kind] as const))).toEqual(
      columns.map(([, , field]) => field),
    );
  });

  it('of contacts with their companies', () => {
    const columns: [string, Kind, CompanyField | null][] = [
      ['First Name', 'persons', null],
      ['Last Name', 'persons', null],
      ['Title', 'persons', null],
      ['Company', 'name', 'name'],
      ['Email', 'mails', 'domain'],
      ['Corporate Phone', 'phones', null],
      ['# Employees', 'employees', 'employees'],
      ['Industry', 'industry', 'industry'],
      ['Person Linkedin Url', 'social', null],
      ['Website', 'domain', 'domain'],
      ['Company Linkedin Url', 'social', 'social'],
      ['City', 'city', null],
      ['State', 'region', null],
      ['Country', 'country', null],
      ['Company City', 'city', 'city'],
      ['Company State', 'region', 'region'],
      ['Company Country', 'country', 'country'],
      ['Annual Revenue', 'money', null],
    ];
    expect(fields(...columns.map(([header, kind]) => [header, kind] as const))).toEqual(
      columns.map(([, , field]) => field),
    );
  });

  it('without any column of a company are not usable', () => {
    expect(isUsableMapping(map(['ID', 'ids'], ['Country', 'country']))).toBe(false);
    expect(isUsableMapping(map(['Firma', 'name']))).toBe(true);
    expect(isUsableMapping(map(['Link', 'domain']))).toBe(true);
    expect(isUsableMapping([])).toBe(false);
  });

  it('of any shape give one mapping per column, at most one column per field but for those that join', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(...VALUES.domain, ...VALUES.country, ...VALUES.employees, ...VALUES.industry),
    );
    const header = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('Company', 'Website', 'Country', 'Industry', 'Size', 'Link', 'Email', ''),
    );
    fc.assert(
      fc.property(
        fc.array(header, { maxLength: 6 }),
        fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 6 }),
        (headers, rows) => {
          const mapping = chooseMapping(headers, rows).map((column) => columnMappingSchema.parse(column));
          expect(mapping).toHaveLength(headers.length);
          const single = mapping
            .map(({ field }) => field)
            .filter((field) => field !== null && field !== 'industry' && field !== 'domain');
          expect(new Set(single).size).toBe(single.length);
        },
      ),
      { numRuns: 200 },
    );
  });
});
