import {
  askApi,
  askTenantApi,
  hasEnded,
  runFiles,
  runFolder,
  simulatorBooks,
  startTestCell,
  untilRun,
  type RunView,
  type TestCell,
} from '#libs/testing';

const COMPANIES = [
  { name: 'Blue Rocket', website: 'blue-rocket.com', industry: 'software' },
  { name: 'Globex GmbH', website: 'globex-software.com', industry: 'software' },
  { name: 'Initech', website: 'https://eu.initech.com/de', industry: 'software' },
  { name: 'Acme Mines', website: 'acme-mines.com', industry: 'mining' },
];

describe('a headless run of a tenant with a stored ICP and exclusion list', () => {
  let cell: TestCell;

  beforeAll(async () => {
    cell = await startTestCell({ api: true, env: { LEADGEN_LOG_LEVEL: 'warn' } });
  });

  afterAll(() => cell.stop());

  async function run(tenant: string): Promise<RunView> {
    const request = { input: 'run full pipeline', companies: COMPANIES };
    const { run_id: runId } = (await askApi(cell, tenant, '', request)) as RunView;
    return untilRun(cell, { tenant, runId }, hasEnded);
  }

  it('asks for an ICP where none is stored, and takes the stored one where one is', async () => {
    expect(await run('nobody')).toMatchObject({
      state: 'needs_input',
      status: { message: expect.stringMatching(/^Who is the ideal customer/) as string },
    });
    await askTenantApi(cell, 'acme', 'PUT', '/icp', { icp: { industries: ['software'] } });
    await askTenantApi(cell, 'acme', 'PUT', '/exclusions', {
      entries: [
        { kind: 'competitor', name: 'GLOBEX' },
        { kind: 'customer', domain: 'initech.com' },
      ],
    });
    const ended = await run('acme');
    expect(ended).toMatchObject({ state: 'completed', output: { matched: 1, leads: 1, excluded: 2 } });
    expect(ended.output?.message).toMatch(/; 2 companies excluded$/);

    const folder = runFolder(cell, ended);
    const listed = (await runFiles.jsonl(folder, 'shortlist.jsonl')) as {
      status: string;
      company: { domain: string };
      match: { reasons: { text: string }[] };
    }[];
    expect(listed.map(({ status, company }) => [status, company.domain]).sort()).toEqual([
      ['excluded', 'globex-software.com'],
      ['excluded', 'initech.com'],
      ['selected', 'blue-rocket.com'],
    ]);
    const reasons = listed.flatMap(({ status, match }) => (status === 'excluded' ? match.reasons : []));
    expect(reasons.map(({ text }) => text).sort()).toEqual([
      'excluded: competitor (GLOBEX)',
      'excluded: customer (initech.com)',
    ]);
    const leads = await runFiles.csv(folder);
    expect(JSON.stringify(leads)).not.toMatch(/globex|initech/i);
    const asked = JSON.stringify(await simulatorBooks.entries(cell));
    expect(asked).toContain('blue-rocket.com');
    expect(asked).not.toMatch(/globex|initech/i);
  });
});
