import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLeadgen, startTestCell, type LeadgenResult, type TestCell } from '#libs/testing';

/** What a caller can get wrong: each ends with a message that names the fix, the right code, and no half-written file. */
describe('bad input', () => {
  let cell: TestCell;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadgen-bad-input-'));
    cell = await startTestCell();
  });

  afterAll(async () => {
    await cell.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function runOn(content: string | Buffer, ...more: string[]): Promise<LeadgenResult> {
    const file = join(folder, 'input.csv');
    await writeFile(file, content);
    return runLeadgen(
      ['run', '--tenant-id', 'acme', '--icp-payload', '{}', '--companies', file, ...more],
      cell.env,
    );
  }

  function expectRefusal(result: LeadgenResult, exitCode: number, code: string, fix: RegExp): void {
    expect(result.last()).toMatchObject({ event: 'result', exit_code: exitCode, error: { code } });
    expect(result.exitCode).toBe(exitCode);
    expect(result.stderr).toMatch(fix);
  }

  it.each([
    ['an empty file', '', 'input_empty', /is empty/],
    ['a header and nothing below', 'name,website\n', 'input_empty', /no (rows|companies|data)/i],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'input_not_text', /CSV or JSONL/],
    [
      'an Excel workbook',
      Buffer.from('504b0304140000000800', 'hex'),
      'input_not_text',
      /save the sheet as CSV/,
    ],
    [
      'rows of which none is a company',
      `name,website\n${'x'.repeat(1_100_000)},acme.com\n`,
      'input_all_rejected',
      /input\.csv has 1 row, of which none could become a company \(row 1: the row is longer than 1 MB\): correct/,
    ],
    [
      'no usable column',
      'colour,weight\nred,1\nblue,2\n',
      'input_no_usable_column',
      /name.*website|website.*name/i,
    ],
  ])('%s: exit 2', async (_what, content, code, fix) => {
    expectRefusal(await runOn(content), 2, code, fix);
  });

  it('a missing file: exit 2', async () => {
    const args = [
      'run',
      '--tenant-id',
      'acme',
      '--icp-payload',
      '{}',
      '--companies',
      join(folder, 'nowhere.csv'),
    ];
    expectRefusal(await runLeadgen(args, cell.env), 2, 'input_not_found', /check the path/);
  });

  it.each([
    ['malformed JSON', '{industries:[software]}', /single quotes/],
    ['an unknown member', '{"industry":["software"]}', /did you mean "industries"/],
    ['min above max', '{"employees":{"min":10,"max":5}}', /swap them/],
    ['an unknown industry', '{"industries":["softwear"]}', /nearest are/],
    ['a list instead of an object', '["software"]', /must be a JSON object/],
  ])('an ICP with %s: exit 2', async (_what, payload, fix) => {
    const result = await runOn('name,website\nAcme,acme.com\n', '--icp-payload', payload);
    expectRefusal(result, 2, 'invalid_icp', fix);
  });

  it('no ICP at all: exit 4 with the question', async () => {
    const file = join(folder, 'fine.csv');
    await writeFile(file, 'name,website\nAcme,acme.com\n');
    const result = await runLeadgen(['run', '--tenant-id', 'acme', '--companies', file], cell.env);
    expect(result.exitCode).toBe(4);
    expect(result.last()).toMatchObject({
      state: 'needs_input',
      error: { message: expect.stringMatching(/\?/) },
    });
  });

  it('an instruction that is no go-ahead starts nothing: exit 4', async () => {
    const result = await runOn('name,website\nAcme,acme.com\n', '--input', "I don't think so");
    expect(result.exitCode).toBe(4);
    const { vendors } = (await cell.control('GET', 'ledger')) as {
      vendors: Record<string, { calls: number }>;
    };
    expect(Object.values(vendors).reduce((sum, { calls }) => sum + calls, 0)).toBe(0);
  });

  it('nobody matches: exit 0 with a warning and the nearest misses', async () => {
    const result = await runOn(
      'name,website,country\nAcme,acme.com,US\nBeta,beta.com,FR\n',
      '--icp-payload',
      '{"countries":["JP"]}',
    );
    expect(result.exitCode).toBe(0);
    expect(result.last()).toMatchObject({ state: 'completed', matched: 0, warnings: ['no_company_matched'] });
    expect((result.last().nearest_misses as unknown[]).length).toBe(2);
  });

  it('leaves no half-written file anywhere', async () => {
    const all = await readdir(cell.dataDir, { recursive: true });
    expect(all.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('no live worker for a stage: exit 69 naming it, instead of hanging', async () => {
    await Promise.all(cell.apps.filter(({ name }) => name === 'enrich').map((app) => app.stop()));
    const result = await runOn('name,website\nAcme,acme.com\n');
    expect(result.exitCode).toBe(69);
    expect(result.last()).toMatchObject({
      error: { code: 'worker_absent', message: expect.stringMatching(/enrich/) },
    });
    // Ten seconds, and its start; a run would wait for hours.
    expect(result.ownMs).toBeLessThan(20_000);
  });
});

describe('a cell that is not there', () => {
  it('Redis down: exit 69 within 5 s', async () => {
    const result = await runLeadgen(['run', '--tenant-id', 'acme', '--companies', 'samples/companies.csv'], {
      REDIS_URL: 'redis://127.0.0.1:1',
    });
    expect(result.exitCode).toBe(69);
    expect(result.last()).toMatchObject({ exit_code: 69, error: { code: 'redis_unreachable' } });
    expect(result.ownMs).toBeLessThan(5_000);
  });
});
