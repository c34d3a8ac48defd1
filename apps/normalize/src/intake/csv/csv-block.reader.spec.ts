import { CsvBlockReader, REST_OF_BROKEN_ROW, UNCLOSED_QUOTE, type CsvRecord } from './csv-block.reader';

const WIDTH = 3;

function read(text: string, width = WIDTH): (string[] | string)[] {
  return readRecords(text, width).map((record) => ('cells' in record ? record.cells : record.reason));
}

function readRecords(text: string, width: number): CsvRecord[] {
  const { records, consumed } = new CsvBlockReader(',', width).read(Buffer.from(text), true);
  expect(consumed).toBe(Buffer.byteLength(text));
  return records;
}

describe('quotes in order', () => {
  it.each([
    [
      'line breaks and doubled quotes in cells',
      'a,"b\n""c""\r\nd",e\nf,g,h',
      [
        ['a', 'b\n"c"\r\nd', 'e'],
        ['f', 'g', 'h'],
      ],
    ],
    [
      'all kinds of line ends',
      'a,b,c\r\nd,e,f\ng,h,i\rj,k,l',
      [
        ['a', 'b', 'c'],
        ['d', 'e', 'f'],
        ['g', 'h', 'i'],
        ['j', 'k', 'l'],
      ],
    ],
    [
      'blank lines',
      '\n\na,b,c\r\n\r\n  \nd,e,f\n\n',
      [
        ['a', 'b', 'c'],
        ['d', 'e', 'f'],
      ],
    ],
    ['a blank before a quote', 'a, "b, c" ,d\n', [['a', 'b, c', 'd']]],
  ])('%s', (_name, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('quotes out of order', () => {
  it.each([
    [
      'stray quotes in unquoted cells',
      'a,5" b,c\nd,e,f\n',
      [
        ['a', '5" b', 'c'],
        ['d', 'e', 'f'],
      ],
    ],
    [
      'quotes inside a quoted cell',
      '"Acme "Rocket" Inc",b,c\nd,e,f\n',
      [
        ['Acme "Rocket" Inc', 'b', 'c'],
        ['d', 'e', 'f'],
      ],
    ],
    [
      'backslashes before quotes',
      '"Acme \\"Rocket, Inc\\"",b,c\nd,e,f\n',
      [
        ['Acme "Rocket, Inc"', 'b', 'c'],
        ['d', 'e', 'f'],
      ],
    ],
    [
      'stray quotes in the last line of a cell',
      'a,"b\nthe "c" d",f\ng,h,i\n',
      [
        ['a', 'b\nthe "c" d', 'f'],
        ['g', 'h', 'i'],
      ],
    ],
    ['an unclosed quote at the end', 'a,b,c\nd,"e,f\n', [['a', 'b', 'c'], UNCLOSED_QUOTE]],
    [
      'an unclosed quote before unquoted rows',
      'a,"b,c\nd,e,f\ng,h,i\n',
      [UNCLOSED_QUOTE, ['d', 'e', 'f'], ['g', 'h', 'i']],
    ],
    [
      'an unclosed quote before quoted rows',
      'a,"b,c\nd,"e, f",g\nh,"i",j\n',
      [UNCLOSED_QUOTE, ['d', 'e, f', 'g'], ['h', 'i', 'j']],
    ],
    [
      'an unclosed quote before a row of several lines that looks like its end',
      'a,"b,c\nd,"e","f, g\nh"\ni,j,k\n',
      [UNCLOSED_QUOTE, ['d', 'e', 'f, g\nh'], ['i', 'j', 'k']],
    ],
    [
      'two unclosed quotes in a row',
      'a,"b,c\nd,"e,f\ng,h,i\n',
      [UNCLOSED_QUOTE, UNCLOSED_QUOTE, ['g', 'h', 'i']],
    ],
    [
      'an unclosed quote that a later row closes',
      'a,"b,c\nd,e,f\ng,"",h\n',
      [UNCLOSED_QUOTE, ['d', 'e', 'f'], ['g', '', 'h']],
    ],
    [
      'what follows a broken cell of several lines',
      'a,"b,c\nrest of it\nd,e,f\n',
      [UNCLOSED_QUOTE, REST_OF_BROKEN_ROW, ['d', 'e', 'f']],
    ],
  ])('%s', (_name, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('an unclosed quote costs one row, however many follow', () => {
    const rows = 'a,b,c\n'.repeat(30_000);
    const found = read(`a,b,c\nx,"y,z\n${rows}`);
    expect(found).toHaveLength(30_002);
    expect(found.filter((row) => typeof row === 'string')).toEqual([UNCLOSED_QUOTE]);
  });
});

describe('blocks', () => {
  it('leaves a record that goes on behind the block', () => {
    const block = Buffer.from('a,b,c\nd,"e\n');
    expect(new CsvBlockReader(',', WIDTH).read(block, false)).toEqual({
      records: [{ cells: ['a', 'b', 'c'], start: 0, end: 6 }],
      consumed: 6,
    });
  });

  it('knows where each record stands, in bytes', () => {
    const text = 'ä,b,c\n\n"d\n",e,f\ng,"h,i\nj,k,l';
    const spans = readRecords(text, WIDTH).map(({ start, end }) =>
      Buffer.from(text).toString('utf8', start, end).trim(),
    );
    expect(spans).toEqual(['ä,b,c', '"d\n",e,f', 'g,"h,i', 'j,k,l']);
  });

  it('rejects a row of more than a megabyte and finds the next one', () => {
    const huge = 'x'.repeat(1_100_000);
    expect(read(`a,b,c\n${huge},b,c\nd,"${huge}",f\ng,h,i\n`)).toEqual([
      ['a', 'b', 'c'],
      'the row is longer than 1 MB',
      'the row is longer than 1 MB',
      ['g', 'h', 'i'],
    ]);
  });
});
