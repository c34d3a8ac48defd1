import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  plainCompaniesCsv,
  runFiles,
  runLeadgen,
  startTestCell,
  THREE_STEPS,
  waitUntil,
  type TestCell,
} from '#libs/testing';

const COMPANIES = 200;
/** Before which settlement of a call the enrich worker dies: one moment, or in the long round many. */
const MOMENTS = process.env.LEADGEN_FULL === '1' ? [1, 60, 150, 300, 450, 600] : [150];

interface Finished {
  last: Record<string, unknown>;
  companies: string[];
  ledger: { duplicates: number };
}

/** Runs 200 companies in the cell and answers what a user finds. */
async function runCompanies(cell: TestCell, csv = plainCompaniesCsv(COMPANIES)): Promise<Finished> {
  const file = join(cell.dataDir, 'companies.csv');
  await writeFile(file, csv);
  const result = await runLeadgen(
    ['run', '--tenant-id', 'acme', '--companies', file, '--icp-payload', '{}', '--limit', '5000'],
    cell.env,
    200_000,
  );
  const last = result.last();
  expect({ exit: [0, 6].includes(result.exitCode), last }).toMatchObject({ exit: true });
  const leads = await runFiles.csv(String(last.run_dir));
  return {
    last,
    companies: leads.map(({ company_id: id = '' }) => id),
    ledger: (await cell.control('GET', 'ledger')) as Finished['ledger'],
  };
}

/** The promise: the run ends, every company stands in the CSV exactly once, and nothing was bought twice. */
function expectEveryCompanyOnce({ companies, ledger, last }: Finished, count = COMPANIES): void {
  expect(companies.length).toBe(count);
  expect(new Set(companies).size).toBe(count);
  expect(last.input).toEqual({ rows: count, kept: count, merged: 0, rejected: 0 });
  expect(ledger.duplicates).toBe(0);
}

describe('a worker killed by SIGKILL in a run of 200 companies', () => {
  let cell: TestCell;

  afterEach(() => cell.stop());

  it.each([
    ['normalize', 'before its children are added', 'normalize.before_add:kill'],
    ['normalize', 'after its children are added', 'normalize.after_add:kill'],
    ['export', 'before the sink', 'export.before_sink:kill'],
    ['export', 'after the sink', 'export.after_sink:kill'],
  ] as const)('%s, %s: every company once', async (stage, _when, failpoint) => {
    cell = await startTestCell({ tenants: THREE_STEPS, workers: { [stage]: 0 } });
    const victim = await cell.start(stage, { LEADGEN_FAILPOINT: failpoint });
    const finished = runCompanies(cell);
    expect(await victim.exited).toBe('SIGKILL');
    await cell.start(stage);
    expectEveryCompanyOnce(await finished);
  });

  it('normalize, two of three chunks of children added: every company once', async () => {
    const count = 1_200;
    cell = await startTestCell({ tenants: THREE_STEPS, workers: { normalize: 0 } });
    const victim = await cell.start('normalize', { LEADGEN_FAILPOINT: 'normalize.after_add:kill:2' });
    const finished = runCompanies(cell, plainCompaniesCsv(count, { websites: false }));
    expect(await victim.exited).toBe('SIGKILL');
    await cell.start('normalize');
    expectEveryCompanyOnce(await finished, count);
  });

  it.each(MOMENTS)(
    'enrich, before its call no. %i is settled: every company once, what is in doubt is said',
    async (moment) => {
      cell = await startTestCell({ tenants: THREE_STEPS, workers: { enrich: 0 } });
      const victim = await cell.start('enrich', { LEADGEN_FAILPOINT: `enrich.before_settle:kill:${moment}` });
      const finished = runCompanies(cell);
      expect(await victim.exited).toBe('SIGKILL');
      await cell.start('enrich');
      const { last, ...rest } = await finished;
      expectEveryCompanyOnce({ last, ...rest });
      const failed = last.failed as { reason: string }[];
      expect(failed.filter(({ reason }) => !reason.includes('in doubt'))).toEqual([]);
    },
  );
});

describe('an enrich worker killed while it moves a company into a lane, or back', () => {
  it.each([
    ['the next job is named and not added', 'enrich.after_move:kill:30'],
    ['the next job is added and the one at hand not done', 'enrich.after_hop:kill:30'],
  ])('%s: every company once', async (_when, failpoint) => {
    const count = 80;
    const cell = await startTestCell({ tenants: THREE_STEPS, workers: { enrich: 0 } });
    try {
      const victim = await cell.start('enrich', { LEADGEN_FAILPOINT: failpoint });
      const finished = runCompanies(cell, plainCompaniesCsv(count));
      expect(await victim.exited).toBe('SIGKILL');
      await cell.start('enrich');
      expectEveryCompanyOnce(await finished, count);
    } finally {
      await cell.stop();
    }
  });
});

describe('a normalize worker frozen by SIGSTOP', () => {
  it('adds nothing when it wakes after another has finished', async () => {
    const cell = await startTestCell({ tenants: THREE_STEPS, workers: { normalize: 0 } });
    try {
      const frozen = await cell.start('normalize', { LEADGEN_FAILPOINT: 'normalize.before_add:stop' });
      const finished = runCompanies(cell);
      await waitUntil(() => isStopped(frozen.pid), { timeoutMs: 30_000, what: 'normalize is frozen' });
      await cell.start('normalize');
      expectEveryCompanyOnce(await finished);

      frozen.signal('SIGCONT');
      await waitUntil(() => frozen.log().includes('fenced_out'), {
        timeoutMs: 30_000,
        what: 'the woken worker notices that it was fenced out',
      });
      const again = await runLeadgen(
        ['status', '--tenant-id', 'acme', '--run-id', String((await finished).last.run_id)],
        cell.env,
      );
      expect(again.last()).toMatchObject({ state: 'completed', candidates: COMPANIES, leads: COMPANIES });
    } finally {
      await cell.stop();
    }
  });
});

async function isStopped(pid: number): Promise<boolean> {
  return (await readFile(`/proc/${pid}/stat`, 'utf8')).includes(' T ');
}
