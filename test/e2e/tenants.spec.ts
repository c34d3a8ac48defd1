import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  hasEnded,
  onlyVendors,
  postRun,
  runFolder,
  simulatorBooks,
  startTestCell,
  untilRun,
  websitesOf,
  type BookEntry,
  type RunView,
  type TestCell,
} from '#libs/testing';

const COMPANIES = 10;
const RUNS_AT_ONCE = 20;
const WEBSITES = websitesOf('shared', COMPANIES);

describe('tenants with the same companies', () => {
  let cell: TestCell;
  /** What one tenant's one run asks of the vendors. */
  let ofOneRun: BookEntry[];

  beforeAll(async () => {
    cell = await startTestCell({
      workers: { enrich: 2 },
      api: true,
      // One verifier: another would be asked again for what it had not decided, and so differently often.
      tenants: {
        default: {
          waterfalls: {
            ...onlyVendors({
              crawl_website: ['web'],
              enrich_company: ['apollo', 'lusha'],
              find_contacts: ['hunter', 'apollo', 'lusha'],
              find_email: ['hunter', 'apollo', 'lusha'],
              verify_email: ['zerobounce'],
              find_signals: ['tavily'],
              read_profile: ['openai'],
            }),
          },
        },
      },
      env: { LEADGEN_LOG_LEVEL: 'warn' },
    });
    await run('before');
    ofOneRun = await asked();
    await cell.control('DELETE', 'ledger');
  });

  afterEach(() => cell.control('DELETE', 'ledger'));

  afterAll(() => cell.stop());

  async function run(tenant: string): Promise<RunView> {
    const nameOf = (website: string): string => `${canary(tenant)} ${website}`;
    return untilRun(cell, await postRun(cell, { tenant, websites: WEBSITES, nameOf }), hasEnded);
  }

  /** Sorted, for which of two calls arrives first means nothing; whoever asks for news names the company, and so its tenant. */
  async function asked(): Promise<BookEntry[]> {
    const entries = (await simulatorBooks.entries(cell)).map(({ vendor, op, input, units }) => ({
      vendor,
      op,
      input: input.replaceAll(/canary[a-z]+/gi, 'canary'),
      units,
    }));
    return entries.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }

  it('share nothing: each buys its own, and what is one’s stands in none of the other’s files', async () => {
    const tenants = ['alpha', 'beta'];
    const views = await Promise.all(tenants.map(run));
    expect(views.map(({ state }) => state)).toEqual(['completed', 'completed']);
    const entries = await asked();
    expect(entries).toEqual(ofOneRun.flatMap((entry) => [entry, entry]));
    for (const [i, view] of views.entries()) {
      const files = await textOfFiles(runFolder(cell, view));
      expect(files).toContain(canary(tenants[i] ?? ''));
      expect(files).not.toContain(canary(tenants[1 - i] ?? ''));
      expect(view.output?.simulated_saved_micro_usd).toBe(0);
    }
    print('two_tenants', { calls_of_one: ofOneRun.length, calls_of_both: entries.length });
  });

  it(`${RUNS_AT_ONCE} runs of one tenant at once buy everything once`, async () => {
    const views = await Promise.all(Array.from({ length: RUNS_AT_ONCE }, () => run('gamma')));
    const books = await simulatorBooks.all(cell);
    const entries = await asked();
    print('runs_at_once', {
      runs: RUNS_AT_ONCE,
      calls: entries.length,
      of_one_run: ofOneRun.length,
      duplicates: books.duplicates,
    });
    expect(books.duplicates).toBe(0);
    expect(entries).toEqual(ofOneRun);
    expect(views.filter(({ state }) => state !== 'completed')).toEqual([]);
    expect(new Set(views.map(({ output }) => output?.leads))).toEqual(new Set([COMPANIES]));
    const [first = '', ...others] = await Promise.all(
      views.map(async (view) =>
        leadsWithoutRun(await readFile(join(runFolder(cell, view), 'leads.csv'), 'utf8'), view),
      ),
    );
    expect(first).toContain(canary('gamma'));
    expect(others.filter((leads) => leads !== first)).toEqual([]);
  });
});

/** A word that stands in every company of the tenant and nowhere else. */
function canary(tenant: string): string {
  return `Canary${tenant}`;
}

async function textOfFiles(folder: string): Promise<string> {
  const names = await readdir(folder);
  expect(names.length).toBeGreaterThan(3);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
}

function leadsWithoutRun(csv: string, { run_id: runId }: RunView): string {
  return csv.replaceAll(runId, '');
}

function print(scenario: string, figures: object): void {
  process.stdout.write(`${JSON.stringify({ e2e: 'tenants', scenario, ...figures })}\n`);
}
