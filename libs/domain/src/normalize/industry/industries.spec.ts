import fc from 'fast-check';
import { LINKEDIN_ALIASES } from './aliases/linkedin-aliases';
import { MARKET_ALIASES } from './aliases/market-aliases';
import { OFFICIAL_ALIASES } from './aliases/official-aliases';
import { NO_INDUSTRY } from './aliases/other-aliases';
import { STARTUP_ALIASES } from './aliases/startup-aliases';
import { ISIC_CODES } from './codes/isic-codes';
import { NAICS_CODES } from './codes/naics-codes';
import { US_SIC_CODES } from './codes/us-sic-codes';
import { INDUSTRIES, industryMatches } from './industries';
import { pickPrimary, readIndustries } from './read-industries';
import { industryKey, resolveIndustry } from './resolve-industry';

describe('the taxonomy', () => {
  const ids = INDUSTRIES.map(({ id }) => id);

  it('has unique ids in lower snake case, and parents that are roots', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z][a-z_]*$/.test(id))).toEqual([]);
    const roots = new Set(INDUSTRIES.filter(({ parent }) => parent === undefined).map(({ id }) => id));
    expect(INDUSTRIES.filter(({ parent }) => parent !== undefined && !roots.has(parent))).toEqual([]);
  });

  it('is the only list of ids: no table names another', () => {
    const tables = [
      LINKEDIN_ALIASES,
      STARTUP_ALIASES,
      OFFICIAL_ALIASES,
      MARKET_ALIASES,
      ISIC_CODES,
      NAICS_CODES,
      US_SIC_CODES,
    ];
    const unknown = tables.flatMap((table) => Object.keys(table)).filter((id) => !ids.includes(id));
    expect(unknown).toEqual([]);
  });

  it('gives each word one meaning', () => {
    const owners = new Map<string, string>(NO_INDUSTRY.map((word) => [industryKey(word), '(none)']));
    for (const { id, title } of INDUSTRIES) owners.set(industryKey(id), id).set(industryKey(title), id);
    const fights = INDUSTRIES.flatMap(({ id, aliases }) =>
      aliases.filter((alias) => {
        const owner = owners.get(industryKey(alias)) ?? id;
        owners.set(industryKey(alias), owner);
        return owner !== id;
      }),
    );
    expect(fights).toEqual([]);
  });

  it('has no industry for the words of the language it is written in', () => {
    for (const word of ['constructor', 'toString', 'software constructor', '__proto__ valueOf']) {
      const id = resolveIndustry(word);
      expect([word, id === null || INDUSTRIES.some((each) => each.id === id)]).toEqual([word, true]);
    }
  });

  it.each(INDUSTRIES)('$id is known by its id, its title and all its aliases', ({ id, title, aliases }) => {
    for (const word of [id, title, id.toUpperCase(), ...aliases])
      expect([word, resolveIndustry(word)]).toEqual([word, id]);
  });

  it('matches an industry and its parts, not its whole', () => {
    expect(industryMatches('software', ['software'])).toBe(true);
    expect(industryMatches('software', ['retail', 'analytics'])).toBe(true);
    expect(industryMatches('analytics', ['software'])).toBe(false);
    expect(industryMatches('software', [])).toBe(false);
  });
});

describe('an industry', () => {
  it.each([
    [
      'software',
      'Software|SaaS|software company|COMPUTER_SOFTWARE|Computer Software|Software Development|Technology|SSIC 62011|J62.01|62.01Z Programmation informatique|Logiciels|ソフトウェア|62.01|NACE 62.01|NAICS 511210|541511|SIC 7372|7372|62012 - Business and domestic software development|Services-Prepackaged Software|Custom Computer Programming Services|Accounting Practice Software',
    ],
    ['analytics', 'analytics|Big Data|Data & Analytics|Business Intelligence'],
    ['internet', 'Internet|Curated Web|Consumer Internet'],
    [
      'it_services',
      'Information Technology & Services|INFORMATION_TECHNOLOGY_AND_SERVICES|IT Services and IT Consulting|IT-Dienstleistungen|NAICS 541512',
    ],
    ['health_care', 'Hospital & Health Care|HealthCare|Health Care|Healthcare|HOSPITAL_HEALTH_CARE'],
    ['oil_gas', 'Oil & Energy|Oil, Gas & Mining|Oil and Gas'],
    ['financial_services', 'Financial Services|Finance|FINANCIAL_SERVICES|NAICS 52'],
    [
      'marketing',
      'Marketing & Advertising|Marketing and Advertising|MARKETING_AND_ADVERTISING|Sales and Marketing',
    ],
    ['e_commerce', 'E-Commerce|ecommerce|Internet Retail|Online Shopping|NACE 47.91'],
    ['food_beverage', 'Food & Beverages|Food Production|Lebensmittel'],
    ['restaurants', 'Restaurants|SIC 5812|NAICS 722511|I56.10'],
    ['industrial_machinery', 'Maschinenbau|Machinery|Mechanical or Industrial Engineering'],
    ['construction', 'Construction|Bauwesen|NAICS 23|F41.20'],
    ['biotechnology', 'Biotechnology|Biotech|Biotechnology Research'],
    ['gambling', 'Gambling & Casinos|Gambling|R92.00'],
  ])('%s: %s', (id, words) => {
    for (const word of words.split('|')) expect([word, resolveIndustry(word)]).toEqual([word, id]);
  });

  it.each([
    '',
    '-',
    'N/A',
    'B2B',
    'Startups',
    'xyzzy',
    'sofware',
    '2012',
    '51',
    '51-200',
    'Software, Retail',
    'Acme GmbH',
  ])('%j is none', (text) => {
    expect(resolveIndustry(text)).toBeNull();
  });

  it.each([
    ['Software, Retail', ['software', 'retail']],
    ['Computer Software; Internet', ['software', 'internet']],
    ['Software | Fintech\nGames', ['software', 'fintech', 'video_games']],
    ['Software / Retail', ['software', 'retail']],
    ['["Software","Fintech"]', ['software', 'fintech']],
    ['Technology > Software > SaaS', ['software']],
    ['Oil, Gas & Mining, Software', ['oil_gas', 'software']],
    ['Glass, Ceramics & Concrete', ['building_materials']],
    ['Leisure, Travel & Tourism; Hotels', ['travel_agencies', 'hotels']],
    ['Electrical/Electronic Manufacturing', ['electrical_equipment']],
    ['E-Commerce, Local, Business', ['e_commerce', 'business_services']],
    ['Travel, Hospitality', ['travel_agencies', 'travel_hospitality']],
    ['Marketing, Advertising', ['marketing', 'advertising']],
    ['Hardware + Software', ['hardware', 'software']],
    ['SaaS Software News Small and Medium Businesses Advertising', ['software', 'news', 'advertising']],
    ['Internet SaaS Curated Web', ['internet', 'software']],
    ['Real Estate Software', ['software', 'real_estate']],
    ['Startups, nonsense, Travel', ['travel_agencies']],
    ['Health and Wellness/0', ['wellness_fitness']],
    ['Agriculture, Forestry and Fishing/AI', ['agriculture', 'artificial_intelligence']],
    ['oil_gas, mining', ['oil_gas', 'mining']],
    ['["health","wellness_fitness"]', ['health', 'wellness_fitness']],
    ['oil, gas, mining', ['oil_gas']],
    ['World Domination', []],
    ['http://www.example.com/organization/data-marketplace', []],
    ['a red and blue thing', []],
  ])('a cell: %j', (text, ids) => {
    expect(readIndustries(text)).toEqual(ids);
  });

  it.each([
    [['software', 'retail'], 'software'],
    [['software', 'analytics'], 'analytics'],
    [['internet', 'travel_agencies'], 'travel_agencies'],
    [['internet'], 'internet'],
    [[], null],
  ])('of %j the primary is %s', (ids, primary) => {
    expect(pickPrimary(ids)).toEqual({ industry: primary, industries: [...ids].sort() });
  });

  it('of a cell is an id of the taxonomy, each once, whatever the cell held', () => {
    const known = new Set(INDUSTRIES.map(({ id }) => id));
    const words = INDUSTRIES.flatMap(({ id, title, aliases }) => [id, title, ...aliases]);
    const cell = fc.array(
      fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'grapheme', maxLength: 12 })),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(cell, fc.constantFrom(', ', '; ', '|', '/', ' '), (parts, sign) => {
        const ids = readIndustries(parts.join(sign));
        expect(ids.every((id) => known.has(id))).toBe(true);
        expect(new Set(ids).size).toBe(ids.length);
        expect(new Set(readIndustries(ids.join(', ')))).toEqual(new Set(ids));
      }),
    );
  });
});
