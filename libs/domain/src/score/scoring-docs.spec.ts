import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CRITERION_WEIGHTS } from '../match';
import { BUCKET_FLOORS, REACH_FITS, SCORE_WEIGHTS, SELLS_TO_FITS, SIGNAL_FITS } from './score-weights';

const docs = readFileSync(join(__dirname, '../../../../docs/scoring.md'), 'utf8');

/** First and second cell of each row of the table behind `<!-- table: name -->`. */
function table(name: string): [string, string][] {
  const [, behind = ''] = docs.split(`<!-- table: ${name} -->`);
  const rows = /(?:^\|.*\n)+/m.exec(behind)?.[0].trim().split('\n').slice(2) ?? [];
  return rows.map((row) => {
    const [, first = '', second = ''] = row.split('|').map((cell) => cell.trim());
    return [first, second];
  });
}

describe('docs/scoring.md tells the weights of the code', () => {
  const entries = (weights: Readonly<Record<string, number>>) =>
    Object.entries(weights).map(([name, weight]) => [name, String(weight)]);

  it('of the criteria', () => {
    expect(table('criteria')).toEqual(entries(CRITERION_WEIGHTS));
  });

  it('of the features', () => {
    expect(table('features')).toEqual(entries(SCORE_WEIGHTS));
  });

  it('of the ways to reach somebody', () => {
    expect(table('reach').map(([, share]) => share)).toEqual(
      Object.values(REACH_FITS).map((fit) => `${fit * 100} %`),
    );
  });

  it('of whom a company sells to, and of its news', () => {
    const shares = (fits: Readonly<Record<string, number>>) =>
      Object.entries(fits).map(([name, fit]) => [name, `${fit * 100} %`]);
    expect(table('sells_to')).toEqual(shares(SELLS_TO_FITS));
    expect(table('signals')).toEqual(shares(SIGNAL_FITS));
  });

  it('and the floors of the buckets', () => {
    expect(docs).toContain(`A from ${BUCKET_FLOORS.A}, B from ${BUCKET_FLOORS.B}, C below`);
  });
});
