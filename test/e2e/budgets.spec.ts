import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  hasEnded,
  onlyVendors,
  plainCompaniesCsv,
  postRun,
  runFiles,
  runFolder,
  runLeadgen,
  scrapeAll,
  simulatorBooks,
  startTestCell,
  untilDayLasts,
  untilRun,
  waitUntil,
  websitesOf,
  type LeadgenResult,
  type RunView,
  type TestCell,
} from '#libs/testing';

const PROCESSES = 4;
/** USD a unit; what a call costs at most is the dearest of them. */
const PRICES: Readonly<Record<string, number>> = {
  apollo: 0.2,
  hunter: 0.03,
  zerobounce: 0.01,
  tavily: 0.008,
};
const DEAREST_MICRO = 200_000;
const waterfalls = onlyVendors({
  enrich_company: ['apollo'],
  find_contacts: ['hunter'],
  find_email: ['hunter'],
  verify_email: ['zerobounce'],
  find_signals: ['tavily'],
});
const DAY_USD = 3;
const RUN_USD = 2;
const COMPANIES = 40;

describe(`budgets, with ${PROCESSES} processes that spend at once`, () => {
  let cell: TestCell;

  beforeAll(async () => {
    cell = await startTestCell({
      workers: { enrich: PROCESSES },
      api: true,
      vendors: Object.fromEntries(
        Object.entries(PRICES).map(([vendor, price_per_unit_usd]) => [vendor, { price_per_unit_usd }]),
      ),
      tenants: {
        default: { waterfalls },
        tight: { budgets: { run_usd: RUN_USD } },
        daily: { budgets: { day_usd: DAY_USD } },
      },
      env: { LEADGEN_LOG_LEVEL: 'warn', LEADGEN_METRICS_PORT: '0' },
    });
  });

  afterEach(() => cell.control('DELETE', 'ledger'));

  afterAll(() => cell.stop());

  async function runCompanies(tenant: string, tag: string, ...flags: string[]): Promise<LeadgenResult> {
    const file = join(cell.dataDir, `${tag}.csv`);
    await writeFile(file, plainCompaniesCsv(COMPANIES, { tag }));
    const run = ['run', '--tenant-id', tenant, '--companies', file, '--icp-payload', '{}'];
    return runLeadgen([...run, ...flags], cell.env);
  }

  it.each([
    ['its tenant’s terms set', 'tight', [], RUN_USD],
    ['it was started with', 'wealthy', ['--budget', '1.5'], 1.5],
  ] as const)(
    'a run spends all of the budget %s, and not a cent more',
    async (_whose, tenant, flags, usd) => {
      const result = await runCompanies(tenant, `of-${tenant}`, ...flags);
      const last = result.last();
      const spent = await spentMicro(cell);
      print('run', { budget_usd: usd, spent_usd: spent / 1e6, ended: last.state });
      expect(spent).toBeLessThanOrEqual(usd * 1e6);
      expect(spent).toBeGreaterThan(usd * 1e6 - DEAREST_MICRO);
      expect([0, 6]).toContain(result.exitCode);
      expect(['completed', 'partial']).toContain(last.state);
      expect(microOf(last.simulated_cost_usd)).toBe(spent);
      expect(last.warnings).toContain('budget_used_up');
      expect(last.message).toMatch(/the budget did not last for \d+ companies/);
      const leads = await runFiles.jsonl(String(last.run_dir), 'leads.jsonl');
      expect(leads).toHaveLength(COMPANIES);
      expect(leads.filter((lead) => JSON.stringify(lead).includes('budget')).length).toBeGreaterThan(0);
    },
  );

  const scraped = (): ReturnType<typeof scrapeAll> =>
    scrapeAll(cell.apps.filter(({ ready }) => ready.metricsUrl !== undefined));

  it('two runs of a tenant at once spend its day’s budget together, and not a cent more', async () => {
    await untilDayLasts(40_000);
    const began = utcDay();
    const posted = await Promise.all(
      ['one', 'two'].map((tag) => postRun(cell, { tenant: 'daily', websites: websitesOf(tag, COMPANIES) })),
    );
    const views = await Promise.all(posted.map((run) => untilRun(cell, run, hasEnded)));
    const spent = await spentMicro(cell);
    const costs = views.map(({ output }) => output?.simulated_cost_micro_usd ?? NaN);
    print('tenant_day', {
      budget_usd: DAY_USD,
      spent_usd: spent / 1e6,
      by_run_usd: costs.map((cost) => cost / 1e6),
    });
    // Midnight brings a new budget.
    const days = utcDay() === began ? 1 : 2;
    expect(spent).toBeLessThanOrEqual(days * DAY_USD * 1e6);
    expect(spent).toBeGreaterThan(DAY_USD * 1e6 - DEAREST_MICRO);
    expect(costs.reduce((sum, cost) => sum + cost, 0)).toBe(spent);
    for (const view of views) {
      expect(['completed', 'partial']).toContain(view.state);
      expect(await leadsOf(view)).toHaveLength(COMPANIES);
    }
    expect(views.some(({ output }) => output?.warnings.includes('budget_used_up'))).toBe(true);
    // Whoever watches the cell is told, also where what is left is a tenth.
    const told = await scraped();
    expect(told.sum('leadgen_budget_refusals_total', { scope: 'tenant_day' })).toBeGreaterThan(0);
    expect(told.sum('leadgen_budget_refusals_total', { scope: 'vendor_day' })).toBe(0);
    const usedUp = 1 - DEAREST_MICRO / (DAY_USD * 1e6);
    await waitUntil(
      async () => (await scraped()).sum('leadgen_budget_used_ratio', { scope: 'tenant_day' }) > usedUp,
      { timeoutMs: 20_000, what: 'the day’s budget shows as used up' },
    );
  });

  it('the same companies again cost nothing, and the run says what the ledger saved', async () => {
    const first = (await runCompanies('thrifty', 'again')).last();
    const spent = await spentMicro(cell);
    expect(spent).toBeGreaterThan(0);
    await cell.control('DELETE', 'ledger');
    const second = (await runCompanies('thrifty', 'again')).last();
    const metered = (await simulatorBooks.entries(cell)).filter(({ vendor }) => vendor in PRICES);
    print('again', { first_usd: first.simulated_cost_usd, saved_usd: second.simulated_saved_usd });
    expect(metered).toEqual([]);
    expect(second).toMatchObject({
      state: 'completed',
      simulated_cost_usd: '0.00',
      simulated_saved_usd: first.simulated_cost_usd,
    });
    expect(microOf(first.simulated_cost_usd)).toBe(spent);
    expect(second.message).toMatch(/\$\S+ saved by the ledger/);
  });

  async function leadsOf(view: RunView): Promise<unknown[]> {
    return runFiles.jsonl(runFolder(cell, view), 'leads.jsonl');
  }
});

/** By the vendors' own count of what was bought, in micro-units. */
async function spentMicro(cell: TestCell): Promise<number> {
  const entries = await simulatorBooks.entries(cell);
  return entries.reduce((sum, { vendor, units }) => sum + units * Math.round((PRICES[vendor] ?? 0) * 1e6), 0);
}

function microOf(usd: unknown): number {
  return Math.round(Number(usd) * 1e6);
}

function utcDay(): string {
  return new Date().toISOString().slice(0, 10);
}

function print(scenario: string, figures: object): void {
  process.stdout.write(`${JSON.stringify({ e2e: 'budgets', scenario, ...figures })}\n`);
}
