import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  onlyVendors,
  plainCompaniesCsv,
  runFiles,
  runLeadgen,
  simulatorBooks,
  startLeadgen,
  startTestCell,
  waitUntil,
  type LeadgenRun,
  type TestCell,
} from '#libs/testing';

const COMPANIES = 160;
const CALLS_PER_SECOND = 20;
/** A call granted before the pause may still be under way for so long after it. */
const LAST_CALL_MS = 1_000;
const WATCHED_MS = 3_000;
const VENDORS = ['web', 'apollo', 'hunter'];
const window = { name: 'second', kind: 'sliding', limit: CALLS_PER_SECOND };

describe('a person who pauses a run from the command line', () => {
  let cell: TestCell;

  beforeAll(async () => {
    cell = await startTestCell({
      workers: { enrich: 2 },
      vendors: { hunter: { only_these_windows: true, windows: [{ ...window, length_ms: 1_000 }] } },
      tenants: {
        acme: {
          waterfalls: onlyVendors({
            crawl_website: ['web'],
            enrich_company: ['apollo'],
            find_contacts: ['hunter'],
          }),
        },
      },
      env: { LEADGEN_ENRICH_CONCURRENCY: '4', LEADGEN_LOG_LEVEL: 'warn' },
    });
    const windows = [{ kind: 'sliding', limit: CALLS_PER_SECOND, lengthMs: 1_000 }];
    await cell.control('POST', 'caps', { vendor: 'hunter', windows });
    await cell.control('POST', 'latency', { vendor: 'apollo', ms: 200 });
  });

  afterAll(() => cell.stop());

  async function startRun(): Promise<LeadgenRun> {
    const file = join(cell.dataDir, 'companies.csv');
    await writeFile(file, plainCompaniesCsv(COMPANIES));
    const run = ['run', '--tenant-id', 'acme', '--companies', file, '--icp-payload', '{}', '--limit', '500'];
    return startLeadgen(run, cell.env);
  }

  /** Of all vendors, in their order. */
  async function arrivals(): Promise<number[]> {
    const each = await Promise.all(VENDORS.map((vendor) => simulatorBooks.arrivals(cell, vendor)));
    return each.flat().sort((a, b) => a - b);
  }

  it('ends the calls within a second, and lets them go on where they were', async () => {
    const run = await startRun();
    await waitUntil(async () => (await simulatorBooks.of(cell, 'hunter')).calls > CALLS_PER_SECOND, {
      timeoutMs: 90_000,
      what: 'its cap is in use',
    });
    const runId = /"run_id":"([^"]+)"/.exec(run.stdout())?.[1] ?? '';
    const which = ['--tenant-id', 'acme', '--run-id', runId];

    const pause = await runLeadgen(['pause', ...which], cell.env);
    const pausedAt = Date.now();
    expect(pause.exitCode).toBe(0);
    expect(pause.last()).toMatchObject({ state: 'paused' });
    // That nothing happens takes a while to see.
    await delay(WATCHED_MS);
    const before = await arrivals();
    const late = before.filter((at) => at > pausedAt);
    const status = await runLeadgen(['status', ...which], cell.env);
    expect(status.last()).toMatchObject({ state: 'paused' });

    const resume = await runLeadgen(['resume', ...which], cell.env);
    expect(resume.exitCode).toBe(0);
    const result = await run.ended;
    const books = await simulatorBooks.all(cell);
    const next = (await arrivals())[before.length] ?? Infinity;
    print({
      companies: COMPANIES,
      calls_before_pause: before.length,
      calls_after_pause: late.length,
      last_call_after_pause_ms: late.length > 0 ? Math.round((late.at(-1) ?? 0) - pausedAt) : 0,
      duplicates: books.duplicates,
      seconds: Math.round(result.tookMs / 1_000),
    });
    expect(late.filter((at) => at > pausedAt + LAST_CALL_MS)).toEqual([]);
    expect(next).toBeGreaterThan(pausedAt + WATCHED_MS - LAST_CALL_MS);
    expect({ exitCode: result.exitCode, ...result.last() }).toMatchObject({
      exitCode: 0,
      state: 'completed',
    });
    expect(books.duplicates).toBe(0);
    expect((await simulatorBooks.of(cell, 'hunter')).over).toBe(0);
    for (const vendor of ['apollo', 'hunter']) {
      expect((await simulatorBooks.of(cell, vendor)).calls).toBe(COMPANIES);
    }
    const leads = await runFiles.csv(String(result.last().run_dir));
    expect(new Set(leads.map(({ company_id: id }) => id)).size).toBe(COMPANIES);
    const events = result.lines().map(({ type }) => type);
    expect(events.filter((type) => type === 'run_paused' || type === 'run_resumed')).toEqual([
      'run_paused',
      'run_resumed',
    ]);
  });
});

function print(figures: object): void {
  process.stdout.write(`${JSON.stringify({ e2e: 'person_pause', ...figures })}\n`);
}
