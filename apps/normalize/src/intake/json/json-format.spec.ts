import { jsonFormat, lineBody } from './json-format';

describe('JSON is told from its first lines, whatever the file is called', () => {
  it.each([
    ['an object per line', '{"name":"Acme"}\n{"name":"Beta"}\n', 'lines'],
    ['with a broken line first', '{"name":"Ac\n{"name":"Acme"}\n{"name":"Beta"}\n', 'lines'],
    ['an array written line by line', '[\n  {"name":"Acme"},\n  {"name":"Beta"}\n]\n', 'lines'],
    ['the same with its brackets on the objects’ lines', '[{"name":"Acme"},\n{"name":"Beta"}]', 'lines'],
    ['an array in one line', '[{"name":"Acme"},{"name":"Beta"}]', 'nested'],
    ['objects over several lines', '[\n  {\n    "name": "Acme"\n  }\n]', 'nested'],
    ['an empty array', '[]\n', 'nested'],
    ['CSV', 'name,website\nAcme,acme.com\n', undefined],
    ['CSV with JSON in a cell', 'name,extra\nAcme,"{""a"":1}"\n', undefined],
    ['CSV that begins with a bracket', '[Report],,\nname,website,city\n', undefined],
  ])('%s', (_name, head, expected) => {
    expect(jsonFormat(head)).toBe(expected);
  });

  it('takes brackets and commas off a line, and leaves other lines alone', () => {
    expect(['[{"a":1},', ' {"a":1} ]', '],', '{"a":', 'x'].map(lineBody)).toEqual([
      '{"a":1}',
      '{"a":1}',
      '',
      '{"a":',
      'x',
    ]);
  });
});
