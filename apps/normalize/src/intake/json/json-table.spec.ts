import { inputText } from '../../../test/input-bytes';
import type { InputTable } from '../input-table';
import { openJsonTable } from './json-table';

async function rowsOf(table: InputTable): Promise<(readonly string[] | string)[]> {
  const found: (readonly string[] | string)[] = [];
  for await (const rows of table.rows()) {
    for (const row of rows) found.push('cells' in row ? row.cells : `${row.reason}: ${row.raw()}`);
  }
  return found;
}

describe('JSON as a table', () => {
  it('has every member as a column, also one that first occurs in the last object', async () => {
    const lines = `${'{"name":"Acme"}\n'.repeat(3_000)}{"name":"Beta","website":"beta.com"}`;
    const table = await openJsonTable(await inputText(lines), 'lines');
    expect(table.columns).toEqual(['name', 'website']);
    expect(table.sample.at(-1)).toEqual(['Beta', 'beta.com']);
    expect((await rowsOf(table)).at(-1)).toEqual(['Beta', 'beta.com']);
  });

  it('flattens objects one level, joins arrays, and writes numbers, booleans and null as text', async () => {
    const line = JSON.stringify({
      company: { name: ' Acme ', hq: { city: 'Bonn' } },
      tags: ['SaaS', null, 'AI'],
      categories: [
        { id: 3, name: 'Software' },
        { id: 4, name: 'Food' },
      ],
      employees: 12,
      active: true,
      founded: null,
    });
    const table = await openJsonTable(await inputText(line), 'lines');
    expect(table.columns).toEqual([
      'company.name',
      'company.hq',
      'tags',
      'categories',
      'employees',
      'active',
      'founded',
    ]);
    expect(await rowsOf(table)).toEqual([
      ['Acme', '{"city":"Bonn"}', 'SaaS; AI', 'Software; Food', '12', 'true', ''],
    ]);
  });

  it('reads Python’s NaN as nothing, and leaves it in texts', async () => {
    const table = await openJsonTable(await inputText('{"name":"a: NaN, b","employees": NaN}'), 'lines');
    expect(await rowsOf(table)).toEqual([['a: NaN, b', '']]);
  });

  it.each([1, 5, 64, 65_536])(
    'an array over many lines comes out whole in chunks of %i bytes',
    async (size) => {
      const objects = Array.from({ length: 40 }, (_, i) => ({ name: `A ${i} "{}]`, tags: ['x', '}'] }));
      const table = await openJsonTable(await inputText(JSON.stringify(objects, null, 2), size), 'nested');
      expect(await rowsOf(table)).toEqual(objects.map(({ name, tags }) => [name, tags.join('; ')]));
    },
  );
});

describe('broken JSON costs its own row', () => {
  it('in lines', async () => {
    const text = '{"name":"Acme"}\n{"name":"Be\n[1,2]\n\nhello\n{"name":"Gamma"}\n';
    expect(await rowsOf(await openJsonTable(await inputText(text), 'lines'))).toEqual([
      ['Acme'],
      'not valid JSON: {"name":"Be',
      'not a JSON object: [1,2]',
      'not a JSON object: hello',
      ['Gamma'],
    ]);
  });

  it('in an array over many lines', async () => {
    const text =
      '[\n{\n"name": "Acme"\n},\n{\n"name": "Be\n},\n17,\n{\n"name": "Gamma"\n},\n{\n"name": "Delta"\n}\n]';
    const rows = await rowsOf(await openJsonTable(await inputText(text), 'nested'));
    expect(rows.filter((row) => typeof row !== 'string')).toEqual([['Acme'], ['Gamma'], ['Delta']]);
  });

  it('also when it is longer than a row may be', async () => {
    const long = `{"name":"${'x'.repeat(1_200_000)}"}`;
    const rows = await rowsOf(
      await openJsonTable(await inputText(`{"name":"Acme"}\n${long}\n{"name":"Beta"}`), 'lines'),
    );
    expect(rows.map((row) => (typeof row === 'string' ? row.slice(0, 34) : row))).toEqual([
      ['Acme'],
      'the row is longer than 1 MB: {"nam',
      ['Beta'],
    ]);
  });
});
