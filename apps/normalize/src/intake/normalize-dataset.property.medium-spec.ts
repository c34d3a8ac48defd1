import * as fc from 'fast-check';
import type { Company } from '#libs/contracts';
import { AppError } from '#libs/kernel';
import { generateDirtyCompanies } from '#libs/testing';
import { normalizeBytes, type NormalizedFiles } from '../../test/normalize-bytes';

/** Rows that collide in every way: few names, countries, domains and pages in all combinations. */
const cell = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const row = fc.tuple(
  cell('', 'Acme', 'ACME Inc.', 'Beta', 'Beta Holding', 'Gamma GmbH'),
  cell(
    '',
    '',
    'acme.com',
    'https://www.acme.com/en',
    'beta.io',
    'acme.de',
    'facebook.com/acme',
    'twitter.com/beta',
  ),
  cell('', '', 'US', 'USA', 'Germany', 'France'),
  cell('', '11-50', '200'),
  cell('', '2001', '1999'),
);
const HEADER = 'Company,Website,Country,Employees,Founded';

const csvOf = (rows: readonly (readonly string[])[]): string =>
  [HEADER, ...rows.map((cells) => cells.join(','))].join('\n') + '\n';

/** A file that always has columns, whatever the drawn rows say. */
const withRows = (rows: readonly (readonly string[])[]): string =>
  csvOf([
    ['Anchor Works', 'anchor.com', 'US', '5', '2000'],
    ['Anchor Labs', 'anchor.io', 'DE', '7', '2001'],
    ...rows,
  ]);

/** What came out, whatever the order: companies without the numbers of their rows. */
function asSet({ companies }: NormalizedFiles): string[] {
  return companies.map((company) => JSON.stringify(withoutRows(company))).sort();
}

function withoutRows({ source_rows: _rows, ...facts }: Company): Omit<Company, 'source_rows'> {
  return facts;
}

/** Compares two results by the companies they do not share: of thousands, a handful tells what is wrong. */
function expectSameSet(one: NormalizedFiles, other: NormalizedFiles): void {
  const [left, right] = [new Set(asSet(one)), new Set(asSet(other))];
  expect({
    onlyInOne: [...left.difference(right)].slice(0, 4),
    onlyInOther: [...right.difference(left)].slice(0, 4),
  }).toEqual({ onlyInOne: [], onlyInOther: [] });
}

function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  return items
    .map((item, i) => ({ item, key: Math.imul(i + 1, 0x9e3779b1 ^ seed) >>> 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function expectPartition({ totals, companies, rejects }: NormalizedFiles): void {
  const seen = [
    ...companies.flatMap(({ source_rows }) => source_rows),
    ...rejects.map((reject) => reject.row),
  ];
  expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: totals.rows }, (_, i) => i + 1));
  expect(totals.kept + totals.merged + totals.rejected).toBe(totals.rows);
  expect(new Set(companies.map(({ company_id }) => company_id)).size).toBe(companies.length);
}

const drawnRows = fc.array(row, { minLength: 1, maxLength: 25 });
const numRuns = process.env.LEADGEN_FULL === '1' ? 1_000 : 150;

describe('normalizing', () => {
  it('loses no row and gives no id twice', async () => {
    await fc.assert(
      fc.asyncProperty(drawnRows, async (rows) => {
        const result = await normalizeBytes(withRows(rows));
        expect(result.totals.rows).toBe(rows.length + 2);
        expectPartition(result);
      }),
      { numRuns },
    );
  });

  it('does not depend on the order of the rows', async () => {
    await fc.assert(
      fc.asyncProperty(drawnRows, fc.integer(), async (rows, seed) => {
        const one = await normalizeBytes(withRows(rows));
        const other = await normalizeBytes(withRows(shuffled(rows, seed)));
        expectSameSet(one, other);
      }),
      { numRuns },
    );
  });

  it('is idempotent: read again, its own output stays as it is, ids included', async () => {
    await fc.assert(
      fc.asyncProperty(drawnRows, async (rows) => {
        const once = await normalizeBytes(withRows(rows));
        const again = await normalizeBytes(jsonl(once.companies));
        expect(again.totals).toMatchObject({ kept: once.companies.length, merged: 0, rejected: 0 });
        expectSameSet(once, again);
      }),
      { numRuns },
    );
  });

  it('all of that on generated dirt, too', async () => {
    const lines = [...generateDirtyCompanies({ seed: 3, rows: 3_000, layout: { format: 'jsonl' } })];
    const once = await normalizeBytes(lines.map(({ text }) => text).join(''));
    expectPartition(once);
    const other = await normalizeBytes(
      shuffled(lines, 5)
        .map(({ text }) => text)
        .join(''),
    );
    expectSameSet(once, other);
    const again = await normalizeBytes(jsonl(once.companies));
    expect(again.totals).toMatchObject({ kept: once.companies.length, merged: 0, rejected: 0 });
    expectSameSet(once, again);
  });

  it('answers any bytes with a result or a named error', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
      fc
        .string({
          unit: cell('a', '"', ',', ';', '\n', '\r', '{', '}', '[', ']', ':', '\0', 'é', '\\', '\t', ' '),
          maxLength: 200,
        })
        .map((text) => Buffer.from(text)),
      fc
        .array(fc.string({ unit: 'binary' }), { maxLength: 20 })
        .map((cells) => Buffer.from(`Company,Website\nAcme,acme.com\n${cells.join('\n')}`)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        const outcome = await normalizeBytes(content).catch((error: unknown) => error);
        if (outcome instanceof AppError) expect(outcome.code).toMatch(/^input_/);
        else expectPartition(outcome as NormalizedFiles);
      }),
      { numRuns: numRuns * 3 },
    );
  });
});

function jsonl(companies: readonly Company[]): string {
  return companies.map((company) => `${JSON.stringify(company)}\n`).join('');
}
