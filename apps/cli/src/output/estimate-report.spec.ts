import { stripVTControlCharacters } from 'node:util';
import type { RunEstimate } from '#libs/contracts';
import { estimateReport } from './estimate-report';

const ESTIMATE: RunEstimate = {
  companies: 25,
  known_in_ledger: 7,
  calls: [
    { vendor: 'sonar', calls: 18 },
    { vendor: 'radar', calls: 104 },
  ],
  calls_total: 122,
  cost_micro: { low: 200_000, expected: 610_000, high: 1_450_000 },
  seconds: 120,
  bound_by: { vendor: 'radar', cap: '15/s' },
  budget_micro: null,
};
const report = (more: Partial<RunEstimate> = {}): string =>
  stripVTControlCharacters(estimateReport({ ...ESTIMATE, ...more }));

describe('the report of an estimate', () => {
  it('tells calls per vendor, the ledger’s part, the range of the cost, the time and the cap that decides it', () => {
    const text = report();
    expect(text).toMatch(/Ask {5}about 25 companies, 7 of them known already/);
    expect(text).toMatch(/│ sonar +│ +18 │/);
    expect(text).toMatch(/│ radar +│ +104 │/);
    expect(text).toMatch(/Cost {4}about \$0\.61, between \$0\.20 and \$1\.45/);
    expect(text).toMatch(/Time {4}about 2 min, decided by the cap of radar: 15\/s/);
    expect(text).not.toMatch(/Budget/);
  });

  it('has no table where nobody is asked, and names no cap where none counts', () => {
    const text = report({ known_in_ledger: 25, calls: [], calls_total: 0, bound_by: null });
    expect(text).not.toMatch(/│/);
    expect(text).toMatch(/no vendor's cap slows it down/);
  });

  it.each([
    [500_000, /Budget {2}\$0\.50: less than it is expected to cost/],
    [1_000_000, /Budget {2}\$1\.00: enough if it goes as expected/],
    [5_000_000, /Budget {2}\$5\.00: enough in any case/],
  ])('says whether a budget of %d will do', (budget, words) => {
    expect(report({ budget_micro: budget })).toMatch(words);
  });
});
