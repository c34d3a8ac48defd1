import { join } from 'node:path';
import type { RunPlan } from '#libs/contracts';
import { FileObjectStorage, objectKeys, type RunFile } from '#libs/object-storage';
import { RunRepository, type RunRef } from '#libs/run-state';
import { companyNumber } from '#libs/testing';
import { LeadRun } from '../../test/lead-run';
import { serveApi, type ServedApi } from '../../test/served-api';
import type { CompanyPageView, CompanyStandingView } from './company-page.view';

let api: ServedApi;
let storage: FileObjectStorage;
beforeAll(async () => {
  api = await serveApi();
  storage = new FileObjectStorage(join(api.dataDir, 'objects'));
});
afterAll(() => api.stop());

const COMPANIES = [
  ...Array.from({ length: 7 }, (_, n) => companyNumber(n)),
  companyNumber(7),
  companyNumber(8, { country: 'FR' }),
  companyNumber(9, { name: 'Rival GmbH', domain: 'rival.example' }),
];
const PLAN: Partial<RunPlan> = { icp: { countries: ['US'] }, exclusions: 1 };

async function write(run: RunRef, file: RunFile, rows: readonly unknown[]): Promise<void> {
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  await storage.write(objectKeys.runFile(run.tenantId, run.runId, file), lines);
}

/** A run that has read its input: seven candidates, of which the last is not walked yet. */
async function readRun(plan: Partial<RunPlan> = PLAN): Promise<LeadRun> {
  const made = await LeadRun.going(api, {
    ends: [90, undefined, undefined, 'failed', 'suppressed', 20, undefined],
    plan,
  });
  const step = {
    step: 'contacts',
    op: 'find_contacts',
    vendor: null,
    cost_micro: 0,
    simulated: true,
  } as const;
  await made.end(1, 60, [{ ...step, status: 'skipped', reason: 'budget: the run’s is used up' }]);
  await made.end(2, 60, [{ ...step, status: 'in_doubt', vendor: 'hunter' }]);
  await write(made.run, 'normalized.jsonl', COMPANIES);
  await write(made.run, 'rejects.jsonl', [
    { row: 11, reason: 'no name and no website', raw: ';;' },
    { row: 12, reason: 'too many cells', raw: 'x' },
  ]);
  await write(made.run, 'exclusions.jsonl', [
    { id: `x_${'a'.repeat(16)}`, kind: 'competitor', domain: 'rival.example', name: null },
  ]);
  await api.redis.hset(api.keys.run('acme', made.id), 'input', '{}');
  return made;
}

async function page(id: string, query = ''): Promise<CompanyPageView> {
  const answer = await api.ask('acme', `/api/orchestrations/${id}/companies${query}`);
  expect(answer.status).toBe(200);
  return answer.body as unknown as CompanyPageView;
}

async function all(id: string, query: string): Promise<CompanyStandingView[]> {
  const rows: CompanyStandingView[] = [];
  let cursor: string | null = null;
  do {
    const asked: string = cursor === null ? query : `${query}&cursor=${cursor}`;
    const answer = await page(id, asked);
    expect(await page(id, asked)).toEqual(answer);
    rows.push(...answer.data);
    cursor = answer.next_cursor;
  } while (cursor !== null);
  return rows;
}

describe('the companies of a run', () => {
  it('are all of its input, each with what became of it and why', async () => {
    const { id } = await readRun();
    const { data, next_cursor: next } = await page(id);
    expect(next).toBeNull();
    expect(data.map(({ standing, source_rows: rows }) => [rows[0], standing])).toEqual([
      [1, 'lead'],
      [2, 'skipped'],
      [3, 'in_doubt'],
      [4, 'failed'],
      [5, 'suppressed'],
      [6, 'lead'],
      [7, 'pending'],
      [8, 'not_selected'],
      [9, 'not_matched'],
      [10, 'excluded'],
      [11, 'rejected'],
      [12, 'rejected'],
    ]);
    const reasons = data.map(({ reasons: [first] }) => first);
    expect(reasons[0]).toBeUndefined();
    expect(reasons[1]).toMatch(/Skipped, budget: the run’s is used up: contacts/);
    expect(reasons[2]).toMatch(/in doubt/);
    expect(reasons[3]).toBe('Enrichment failed: the vendors are down');
    expect(reasons[4]).toMatch(/suppression list/);
    expect(reasons[7]).toMatch(/limit/);
    expect(reasons[8]).toMatch(/France/);
    expect(reasons[9]).toBe('excluded: competitor (rival.example)');
    expect(reasons[10]).toBe('no name and no website');
    expect(data[0]).toMatchObject({ name: 'Company 0', domain: 'company-0.com', pre_score: 50, score: 90 });
    expect(data[10]).toMatchObject({
      company_id: null,
      name: null,
      domain: null,
      pre_score: null,
      score: null,
    });
  });

  it.each([1, 2, 5, 12])('come page by page (%i), each once, also across the two files', async (limit) => {
    const { id } = await readRun();
    const rows = await all(id, `?limit=${limit}`);
    expect(rows.map(({ source_rows: [row] }) => row)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  });

  it('are filtered by what became of them', async () => {
    const { id } = await readRun();
    const rows = await all(id, '?limit=2&standing=lead');
    expect(rows.map(({ source_rows: [row] }) => row)).toEqual([1, 6]);
    expect(await all(id, '?limit=2&standing=rejected')).toHaveLength(2);
    expect(await all(id, '?limit=2&standing=unfinished')).toEqual([]);
  });

  it('that a run has not come to are pending while it goes on, and unfinished once it has ended', async () => {
    const made = await readRun();
    const runs = new RunRepository(api.redis, api.keys);
    await runs.transition(made.run, 'cancelled', { event: 'run_cancelled', message: 'stop' });
    expect((await page(made.id)).data[6]).toMatchObject({ standing: 'unfinished', score: null });
  });

  it('of a run that took them from an earlier one are the earlier one’s', async () => {
    const made = await readRun();
    const later = await LeadRun.going(api, { ends: [], plan: { source_run_id: made.id } });
    expect(await page(later.id)).toEqual(await page(made.id));
  });

  it('are none before its input has been read, nor when its files are gone', async () => {
    const going = await LeadRun.going(api, { ends: [] });
    expect(await page(going.id)).toEqual({ data: [], next_cursor: null });
    const made = await readRun();
    for (const file of ['normalized.jsonl', 'rejects.jsonl', 'exclusions.jsonl'] as const) {
      await storage.remove(objectKeys.runFile('acme', made.id, file));
    }
    expect(await page(made.id)).toEqual({ data: [], next_cursor: null });
  });

  it('of somebody else are the same 404 as those of a run that never was', async () => {
    const { id } = await readRun();
    const unknown = await api.ask('thief', '/api/orchestrations/run_01M83T0C0N157MS0FWEXFGGEYC/companies');
    expect(await api.ask('thief', `/api/orchestrations/${id}/companies`)).toMatchObject({
      status: 404,
      body: unknown.body,
    });
  });

  it.each([
    ['into the middle of a line', { part: 'companies', at: 5 }],
    ['to another file', { part: 'shortlist', at: 0 }],
    ['to before the beginning', { part: 'rejects', at: -1 }],
    ['to nowhere', 'x'],
  ])('are not read by a cursor that leads %s', async (_where, position) => {
    const { id } = await readRun();
    const cursor = Buffer.from(JSON.stringify(position)).toString('base64url');
    const answer = await api.ask('acme', `/api/orchestrations/${id}/companies?cursor=${cursor}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it('end at a cursor behind the end', async () => {
    const { id } = await readRun();
    const cursor = Buffer.from(JSON.stringify({ part: 'rejects', at: 1_000_000 })).toString('base64url');
    expect(await page(id, `?cursor=${cursor}`)).toEqual({ data: [], next_cursor: null });
  });
});
