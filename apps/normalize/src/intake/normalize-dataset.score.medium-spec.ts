import { HEADER_STYLES, type DirtyLayout } from '#libs/testing';
import { scoreNormalize, type Score } from '../../test/score-normalize';

const ROWS = 4_000;

/** Every encoding, delimiter, line end and header at least once. */
const LAYOUTS: readonly [string, Partial<DirtyLayout>][] = [
  ['comma, UTF-8', {}],
  ['semicolon, UTF-8 with mark, CRLF', { delimiter: ';', encoding: 'utf-8-bom', lineEnd: '\r\n' }],
  ['tab, UTF-16 LE', { delimiter: '\t', encoding: 'utf-16le', lineEnd: '\r\n' }],
  ['pipe, UTF-16 BE, mixed line ends', { delimiter: '|', encoding: 'utf-16be', lineEnd: 'mixed' }],
  [
    'semicolon, Latin-1, a title above',
    { delimiter: ';', encoding: 'windows-1252', preamble: ['Accounts of May', ''] },
  ],
  [
    'comma, lone CRs, comments and sep=',
    { lineEnd: '\r', preamble: ['sep=,', '# exported for Sam', '# all rows'] },
  ],
  ['JSON lines', { format: 'jsonl' }],
  ['JSON lines, Latin-1', { format: 'jsonl', encoding: 'windows-1252', lineEnd: '\r\n' }],
];

const FLOORS: Score = {
  precision: 0.98,
  recall: 0.95,
  domain: 0.995,
  country: 0.999,
  employees: 0.99,
  founded: 0.99,
  verdict: 0.999,
};

describe('generated files come out as their known answers say', () => {
  it.each(LAYOUTS.map(([name, layout], i) => ({ name, layout, seed: i + 1 })))(
    '$name (seed $seed)',
    async ({ layout, seed }) => {
      const headerStyle = seed % HEADER_STYLES;
      const { score, wrong, files } = await scoreNormalize(seed, ROWS, { ...layout, headerStyle });
      process.stdout.write(`${JSON.stringify({ seed, ...layout, headerStyle, ...rounded(score) })}\n`);
      expect(files.totals.rows).toBe(ROWS);
      for (const [name, floor] of Object.entries(FLOORS) as [keyof Score, number][]) {
        expect({ name, wrong: score[name] >= floor ? [] : wrong }).toEqual({ name, wrong: [] });
      }
    },
  );
});

function rounded(score: Score): Record<string, number> {
  return Object.fromEntries(
    Object.entries(score).map(([name, share]: [string, number]) => [
      name,
      Math.round(share * 10_000) / 10_000,
    ]),
  );
}
