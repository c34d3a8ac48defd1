import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runLeadgen, startTestCell, type TestCell } from '#libs/testing';

const COMPANIES = 8;
const ENRICHED = 3;

interface Result {
  exit_code: number;
  cost_usd: string;
  simulated_cost_usd: string;
  usage: { calls: number }[];
  estimate: {
    companies: number;
    known_in_ledger: number;
    calls_total: number;
    cost_micro: { low: number; expected: number; high: number };
    budget_micro: number | null;
  };
}

describe('leadgen run --dry-run', () => {
  let cell: TestCell;
  let companies: string;

  beforeAll(async () => {
    cell = await startTestCell({ env: { LEADGEN_LOG_LEVEL: 'warn' } });
    companies = join(cell.dataDir, 'companies.csv');
    const rows = Array.from({ length: COMPANIES }, (_, i) => `Company ${i},dry-company-${i}.com,US,Software`);
    await writeFile(companies, `name,domain,country,industry\n${rows.join('\n')}\n`);
  });
  afterAll(() => cell.stop());

  /** In the same cell, and so with the same ledger. */
  async function run(...words: string[]): Promise<Result> {
    const always = ['run', '--tenant-id', 'acme', '--companies', companies, '--icp-payload', '{}'];
    return (await runLeadgen([...always, ...words], cell.env)).last() as unknown as Result;
  }

  it('buys nothing, says what it would take, and knows what the ledger has', async () => {
    const before = await run('--dry-run', '--budget', '5.00');
    expect(before).toMatchObject({ exit_code: 0, cost_usd: '0.00', usage: [] });
    expect(before.estimate).toMatchObject({
      companies: COMPANIES,
      known_in_ledger: 0,
      budget_micro: 5_000_000,
    });
    expect(before.estimate.calls_total).toBeGreaterThan(COMPANIES);

    const bought = await run('--limit', String(ENRICHED));
    const { cost_micro: cost } = before.estimate;
    const perCompany = (Number(bought.simulated_cost_usd) * 1_000_000) / ENRICHED;
    expect(perCompany).toBeLessThanOrEqual(cost.high / COMPANIES);

    const after = await run('--dry-run');
    expect(after.estimate).toMatchObject({ companies: COMPANIES, known_in_ledger: ENRICHED });
    expect(after.estimate.calls_total).toBeLessThan(before.estimate.calls_total);
    expect(after.estimate.cost_micro.expected).toBeLessThan(cost.expected);
  });
});
