import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLines } from './leads-as-csv';
import { isFormulaLike, safeCell } from './safe-cell';

const read = (text: string): string[][] =>
  parse(text, { record_delimiter: '\r\n', relax_column_count: false });

/** Text made to hurt: triggers, quotes, separators, line ends, spaces, invisible and full-width characters. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['=', '+', '-', '@', "'", '"', ',', ';', '\t', '\r', '\n', '\0', ' ', '\\', '|'],
        '\r\n',
        '\uFEFF',
        '\u200B',
        '\u00A0',
        '\u3000',
        '＝',
        '＋',
        '－',
        '＠',
        '−',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

describe('CSV text', () => {
  it('reads back cell for cell, for 10,000 rows of nasty text', () => {
    const rows = fc.sample(fc.tuple(nasty, nasty, nasty), { numRuns: 10_000, seed: 42 });
    const parsed = read(csvLines(rows));
    expect(parsed).toHaveLength(10_000);
    expect(parsed).toEqual(rows);
  });

  it('reads back with a reader that takes LF, CR and CRLF alike', () => {
    const cells = ['two\nlines', 'old\rmac', 'windows\r\n', ' outer ', 'a;b', '"', ''];
    const text = csvLines([cells, cells]);
    expect(parse(text, { record_delimiter: ['\r\n', '\n', '\r'] })).toEqual([cells, cells]);
  });

  it('leaves null empty and writes numbers plainly', () => {
    expect(csvLines([[null, -1.5, 1_000_000, 0.000_001, 'x']])).toBe(',-1.5,1000000,0.000001,x\r\n');
  });
});

describe('a cell that a spreadsheet might run', () => {
  it.each([
    '=1+1',
    '+49 30 123456',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\rx',
    '\nx',
    '\0x',
    ' =1',
    '   +1',
    '\u00A0=1',
    '\uFEFF=1',
    '\u200B=1',
    '\u2060@x',
    ' \uFEFF \u200B-1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '\u3000＝1',
    '−5',
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.example","y")',
    '-',
  ])('is marked: %j', (text) => {
    expect(safeCell(text)).toBe(`'${text}`);
  });

  it.each(['', 'Acme', 'a=b', "'=1", '1-2', 'x@y.example', '(=1)', ' Acme', '"=1"', '50%', '/=1', '…', '–'])(
    'leaves the harmless %j alone',
    (text) => {
      expect(safeCell(text)).toBe(text);
    },
  );

  it('never starts with a trigger once written, whatever the text: 10,000 of them', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const cell = safeCell(text);
        expect(isFormulaLike(cell)).toBe(false);
        expect(cell.trimStart()).not.toMatch(/^[=+\-@\t\r\0]/);
        expect(cell === text || cell === `'${text}`).toBe(true);
      }),
      { numRuns: 10_000, seed: 42 },
    );
  });

  it('is judged in linear time', () => {
    const startMs = performance.now();
    safeCell(`${' \uFEFF'.repeat(500_000)}x`);
    expect(performance.now() - startMs).toBeLessThan(1_000);
  });
});
