import { mergeRows, type CompanyFacts } from '#libs/domain';
import { WorkPacer } from '../work-pacer';
import { linkedParts } from '../companies/linked-parts';
import { CompanyIndex } from './company-index';
import { hashText, type HashText } from './hash-text';

const NOTHING: CompanyFacts = {
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
};
const PAGE = 'https://facebook.com/acme';

/** Which rows ended up together, by their places in the list. */
async function grouped(
  rows: readonly Partial<CompanyFacts>[],
  hash: HashText = hashText,
): Promise<number[][]> {
  const facts = rows.map((row): CompanyFacts => ({ ...NOTHING, ...row }));
  const index = new CompanyIndex(hash);
  for (const each of facts) index.add(each);
  const rowsOf = (first: number): number[] => [...index.groups.rowsOf(first)].sort((a, b) => a - b);
  const merge = (first: number): CompanyFacts =>
    mergeRows(rowsOf(first).map((at) => ({ row: at + 1, facts: facts[at] ?? NOTHING })));
  await index.settle(merge, new WorkPacer(new AbortController().signal));
  return facts.flatMap((_, at) => (index.groups.isFirst(at) ? [rowsOf(at)] : []));
}

const acmeCom = { name: 'Acme', domain: 'acme.com', country: 'US' };
const acmeOrg = { name: 'Acme', domain: 'acme.org', country: 'US' };
const acmeInUs = { name: 'ACME, Inc.', country: 'US' };
const acmeOnPage = { name: 'Acme Tools', social: PAGE, country: 'DE' };

describe('the same company are', () => {
  it.each([
    [
      'rows with one domain, whatever else they say',
      [acmeCom, { name: 'Other', domain: 'acme.com', country: 'DE' }],
    ],
    ['a row without domain and the only company of its name and country', [acmeInUs, acmeCom]],
    ['a row without domain and the company that has its page', [acmeOnPage, { ...acmeCom, social: PAGE }]],
    ['rows without domain of one name and country', [acmeInUs, { name: 'acme', country: 'US' }]],
    ['rows without domain that have one page', [acmeOnPage, { name: 'Acme', social: PAGE }]],
    ['rows that say exactly the same', [{ name: 'Acme' }, { name: 'Acme' }]],
    [
      'rows that only together tell the country',
      [{ domain: 'acme.com', name: 'Acme' }, { domain: 'acme.com', country: 'US' }, acmeInUs],
    ],
  ])('%s', async (_name, rows) => {
    expect(await grouped(rows)).toEqual([rows.map((_, at) => at)]);
    expect(await grouped(rows.toReversed())).toEqual([rows.map((_, at) => at)]);
  });
});

describe('different companies are', () => {
  it.each([
    ['rows with different domains, though all else is the same', [acmeCom, acmeOrg]],
    ['a row without domain, where two companies have its name', [acmeCom, acmeOrg, acmeInUs]],
    ['a name in two countries', [acmeInUs, { name: 'Acme', country: 'DE' }]],
    ['a name without country and the same name with one', [{ name: 'Acme' }, acmeInUs]],
    ['rows without country that do not say the same', [{ name: 'Acme' }, { name: 'Acme', founded: 2001 }]],
    [
      'rows without domain on a page that two companies have',
      [
        { ...acmeCom, social: PAGE },
        { ...acmeOrg, social: PAGE },
        { name: 'Beta', social: PAGE, country: 'FR' },
        { name: 'Gamma', social: PAGE, country: 'FR' },
      ],
    ],
  ])('%s', async (_name, rows) => {
    expect(await grouped(rows)).toEqual(rows.map((_, at) => [at]));
  });

  it('where page and name point to different companies, the page decides', async () => {
    const beta = { name: 'Beta', domain: 'beta.io', country: 'FR', social: PAGE };
    expect(await grouped([acmeCom, beta, { ...acmeInUs, social: PAGE }])).toEqual([[0], [1, 2]]);
  });
});

describe('keys whose hashes are equal', () => {
  it('bring strangers into one group, and the keys themselves part them again', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({
      name: `Company ${i % 20}`,
      domain: `c${i % 20}.com`,
      country: 'US',
    }));
    const groups = await grouped(rows, (text) => 1 + (text.length % 2));
    expect(groups.length).toBeLessThan(20);
    const parts = groups.flatMap((group) =>
      linkedParts(group.map((at) => ({ at, facts: { ...NOTHING, ...rows[at] } }))),
    );
    const places = parts.map((part) => part.map(({ at }) => at).sort((a, b) => a - b));
    expect(places.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))).toEqual(await grouped(rows));
  });
});
