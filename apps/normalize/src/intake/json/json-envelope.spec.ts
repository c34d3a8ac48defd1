import * as fc from 'fast-check';
import { inputText, readAll } from '../../../test/input-bytes';
import type { InputTable } from '../input-table';
import { openTable } from '../open-table';
import { findEnvelope, listText } from './json-envelope';

async function rowsOf(table: InputTable): Promise<(readonly string[] | string)[]> {
  const found: (readonly string[] | string)[] = [];
  for await (const rows of table.rows()) {
    for (const row of rows) found.push('cells' in row ? row.cells : row.reason);
  }
  return found;
}

const open = async (text: string, chunkBytes?: number): Promise<InputTable> =>
  openTable(await inputText(text, chunkBytes));

describe('a list of companies in an object', () => {
  it.each([
    ['alone', '{"companies":[{"name":"Acme"},{"name":"Beta"}]}', 'companies'],
    ['beside other members', '{"total":2,"data":[{"name":"Acme"},{"name":"Beta"}],"next":null}', 'data'],
    [
      'beside lists of other things',
      '{"tags":["x"],"none":[],"rows":[{"name":"Acme"},{"name":"Beta"}]}',
      'rows',
    ],
    ['in a list that has a name', '{"name":"Q3","Companies":[{"name":"Acme"},{"name":"Beta"}]}', 'Companies'],
    ['over many lines', '{\n "companies": [\n  {"name":"Acme"},\n  {"name":"Beta"}\n ]\n}\n', 'companies'],
    ['with braces in texts', '{"a":"[{\\"}","rows":[{"name":"Acme"},{"name":"Beta"}],"b":"]}"}', 'rows'],
  ])('is read as its rows: %s', async (_how, text, member) => {
    const table = await open(text);
    expect(table.within).toBe(member);
    expect(table.columns).toEqual(['name']);
    expect(await rowsOf(table)).toEqual([['Acme'], ['Beta']]);
  });

  it.each([
    ['a company with a list of something', '{"name":"Acme","contacts":[{"name":"Ann"},{"name":"Bob"}]}'],
    ['one with a website', '{"website":"acme.com","offices":[{"city":"Bonn"}]}'],
    ['an object per line', '{"name":"Acme","rows":[{"name":"A"}]}\n{"name":"Beta"}\n'],
    ['an array', '[{"name":"Acme","companies":[{"name":"A"}]}]'],
    [
      'two lists, of which nobody knows which is meant',
      '{"companies":[{"name":"A"}],"firms":[{"name":"B"}]}',
    ],
    ['a list of lists', '{"companies":[["Acme","acme.com"]]}'],
  ])('is not taken for one: %s', async (_what, text) => {
    expect(await findEnvelope(await inputText(text))).toBeUndefined();
    expect((await open(text)).within).toBeNull();
  });

  it('may be empty', async () => {
    const table = await open('{"companies": [ ]}');
    expect([table.within, await rowsOf(table)]).toEqual(['companies', []]);
  });

  it('costs a broken company its own row, and one that was cut off', async () => {
    const broken = '{"companies":[\n{"name":"Acme"},\n{"name":Be},\n{"name":"Gamma"}\n]}';
    expect(await rowsOf(await open(broken))).toEqual([['Acme'], 'not valid JSON', ['Gamma']]);
    const cut = '{"total":9,"companies":[{"name":"Acme"},{"name":"Beta"},{"na';
    expect((await rowsOf(await open(cut))).slice(0, 2)).toEqual([['Acme'], ['Beta']]);
  });

  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.array(fc.oneof(fc.string(), fc.integer())),
    fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
  );
  const around = fc.dictionary(fc.string({ minLength: 1 }), value, { maxKeys: 4 });
  const company = fc.record({ name: fc.string(), website: fc.string(), note: value });

  it('loses nothing and adds nothing, whatever stands around it and however it is written', async () => {
    await fc.assert(
      fc.asyncProperty(
        around,
        fc.array(company, { minLength: 1, maxLength: 12 }),
        around,
        fc.constantFrom(undefined, 1, 2, '\t'),
        fc.constantFrom(1, 7, 64, 65_536),
        async (before, companies, after, indent, chunkBytes) => {
          const text = JSON.stringify({ ...before, companies, ...omit(after, 'companies') }, null, indent);
          const input = await inputText(text, chunkBytes);
          const list = await findEnvelope(input);
          expect(list?.name).toBe('companies');
          const inside = await readAll(listText(input, list as NonNullable<typeof list>));
          expect(JSON.parse(`[${inside}]`)).toEqual(JSON.parse(JSON.stringify(companies)));
          const bare = await open(JSON.stringify(companies, null, indent), chunkBytes);
          const wrapped = await open(text, chunkBytes);
          expect([wrapped.columns, await rowsOf(wrapped)]).toEqual([bare.columns, await rowsOf(bare)]);
        },
      ),
      { numRuns: process.env.LEADGEN_FULL === '1' ? 3_000 : 120 },
    );
    // A file is opened twice in each of the runs, some of them read byte by byte.
  }, 120_000);
});

function omit(object: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}
