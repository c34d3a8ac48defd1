import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileObjectStorage, objectKeys } from '#libs/object-storage';
import { appError } from '#libs/contracts';
import { runOutput, runRecord } from '../../test/run-record';
import { resultOfError, resultOfRun } from './result-line';

let folder: string;
let storage: FileObjectStorage;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadgen-result-'));
  storage = new FileObjectStorage(folder);
  const { request, run_id: runId } = runRecord();
  await storage.write(objectKeys.runFile(request.tenant_id, runId, 'summary.json'), '{}');
  await storage.write('runs/demo/run_1/leads.csv', 'name');
});
afterAll(() => rm(folder, { recursive: true }));

describe('the result line of a run', () => {
  it('says what a script wants to know, with places instead of keys and dollars instead of micro-units', async () => {
    expect(await resultOfRun(runRecord(), storage)).toMatchObject({
      event: 'result',
      exit_code: 0,
      state: 'completed',
      tenant_id: 'demo',
      thread_id: 'q3',
      run_id: 'run_01J8ZC4N5Q6R7S8T9VWXYZ0123',
      input: { rows: 12, kept: 9, merged: 2, rejected: 1 },
      leads: 4,
      cost_usd: expect.stringMatching(/^1\.23/),
      run_dir: join(folder, 'runs/demo/run_01J8ZC4N5Q6R7S8T9VWXYZ0123'),
      files: { csv: join(folder, 'runs/demo/run_1/leads.csv') },
    });
  });

  it('names no folder and no file that is not there, and says below what the workers have them', async () => {
    const elsewhere = new FileObjectStorage(join(folder, 'elsewhere'));
    const result = await resultOfRun(runRecord(), elsewhere);
    expect(result).toMatchObject({
      run_dir: null,
      files: {},
      files_elsewhere: { csv: 'runs/demo/run_1/leads.csv' },
    });
    expect(await resultOfRun(runRecord(), storage)).not.toHaveProperty('files_elsewhere');
  });

  it('keeps simulated money apart from money', async () => {
    expect(await resultOfRun(runRecord(), storage)).not.toHaveProperty('simulated_cost_usd');
    const output = runOutput({ simulated: true, cost_micro_usd: 0, simulated_cost_micro_usd: 1_234_500 });
    expect(await resultOfRun(runRecord({ output }), storage)).toMatchObject({
      cost_usd: '0.00',
      simulated_cost_usd: expect.stringMatching(/^1\.23/),
    });
  });

  it('of a run that matched nothing is a success with a warning and the nearest misses', async () => {
    const misses = [{ name: 'Almost GmbH', pre_score: 41, missed: ['too small'] }];
    const output = runOutput({ leads: 0, warnings: ['no_company_matched'], nearest_misses: misses });
    expect(await resultOfRun(runRecord({ output }), storage)).toMatchObject({
      exit_code: 0,
      warnings: ['no_company_matched'],
      nearest_misses: misses,
    });
  });

  it('of a failed run has its problem, and no members of an output it does not have', async () => {
    const problem = { code: 'input_no_usable_column', message: 'no column looks like a name or a website' };
    const result = await resultOfRun(runRecord({ state: 'failed', problem, output: null }), storage);
    expect(result).toMatchObject({ exit_code: 2, state: 'failed', error: problem });
    expect(result).not.toHaveProperty('files');
  });
});

describe('the result line of an error', () => {
  it('has its code, its exit code and what to do', async () => {
    expect(resultOfError(appError('input_empty', '--companies a.csv is empty'))).toEqual({
      event: 'result',
      exit_code: 2,
      state: 'rejected',
      message: '--companies a.csv is empty',
      error: { code: 'input_empty', message: '--companies a.csv is empty' },
    });
  });

  it('keeps codes to those of the catalogue', async () => {
    const thrown = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    expect(resultOfError(thrown)).toMatchObject({ exit_code: 1, error: { code: 'internal' } });
    expect(resultOfError(Object.assign(new Error(), { code: 'toString' }))).toMatchObject({
      error: { code: 'internal' },
    });
    expect(resultOfError('text')).toMatchObject({ message: 'text', error: { code: 'internal' } });
  });
});
