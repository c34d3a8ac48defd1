import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListedLead } from '#libs/contracts';
import {
  askApi,
  encodeDirty,
  generateDirtyCompanies,
  hasEnded,
  runFiles,
  runFolder,
  runLeadgen,
  startTestCell,
  THREE_STEPS,
  untilRun,
  type LeadgenResult,
  type RunView,
  type TestCell,
} from '#libs/testing';

const ROWS = 3_000;
const LIMIT = 30;

interface Page<Row> {
  data: Row[];
  next_cursor: string | null;
}

interface StandingRow {
  company_id: string | null;
  source_rows: number[];
  standing: string;
}

describe('an uploaded file, from its bytes to its leads, over HTTP alone', () => {
  let cell: TestCell;
  let datasetId: string;
  let first: RunView;
  let second: RunView;
  /** For new leads only. */
  let fresh: RunView;

  beforeAll(async () => {
    cell = await startTestCell({ api: true, tenants: THREE_STEPS, env: { LEADGEN_LOG_LEVEL: 'warn' } });
  });
  afterAll(() => cell.stop());

  async function upload(tenant: string, file: Blob, name: string): Promise<Response> {
    const form = new FormData();
    form.append('file', file, name);
    return fetch(`${String(cell.api?.ready.url)}/api/datasets`, {
      method: 'POST',
      headers: await cell.authorization(tenant),
      body: form,
    });
  }

  async function run(limit: number, more: object = {}): Promise<RunView> {
    const request = { input: 'run full pipeline', icp_payload: {}, dataset_id: datasetId, limit, ...more };
    const { run_id: runId } = (await askApi(cell, 'acme', '', request)) as RunView;
    return untilRun(cell, { tenant: 'acme', runId }, hasEnded);
  }

  async function all<Row>(path: string): Promise<Row[]> {
    const rows: Row[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const page = (await askApi(cell, 'acme', `${path}${query}`)) as Page<Row>;
      rows.push(...page.data);
      cursor = page.next_cursor;
    } while (cursor !== null);
    return rows;
  }

  it('is normalized row by row, whatever dirt is in it', async () => {
    const layout = { delimiter: ';', encoding: 'utf-8-bom', lineEnd: '\r\n' } as const;
    const pieces = [...generateDirtyCompanies({ seed: 4, rows: ROWS, layout })].map(({ text }, i) =>
      encodeDirty(text, layout.encoding, i === 0),
    );
    const uploaded = await upload('acme', new Blob(pieces), 'Kunden März.csv');
    expect(uploaded.status).toBe(201);
    const dataset = (await uploaded.json()) as { dataset_id: string };
    expect(dataset).toMatchObject({ name: 'Kunden März.csv', format: 'csv' });
    datasetId = dataset.dataset_id;

    first = await run(LIMIT);
    expect(first).toMatchObject({ state: 'completed', output: { input: { rows: ROWS }, leads: LIMIT } });
    expect(first.status_history.map(({ message }) => message)).toContain('Normalizing Kunden März.csv');
  });

  it('gives the leads that its export has, as JSON and as CSV', async () => {
    const folder = runFolder(cell, first);
    const exported = await runFiles.jsonl(folder, 'leads.jsonl');
    expect(await all(`/${first.run_id}/leads?limit=7`)).toEqual(exported);
    expect(exported).toHaveLength(LIMIT);

    const url = `${String(cell.api?.ready.url)}/api/orchestrations/${first.run_id}/leads`;
    const headers = { ...(await cell.authorization('acme')), accept: 'text/csv' };
    const csv = await (await fetch(url, { headers })).text();
    expect(csv).toBe(await readFile(join(folder, 'leads.csv'), 'utf8'));
  });

  it('says of every row of the file what became of it', async () => {
    const rows = await all<StandingRow>(`/${first.run_id}/companies?limit=200`);
    const told = rows.flatMap(({ source_rows: of }) => of).sort((a, b) => a - b);
    expect(told).toEqual(Array.from({ length: ROWS }, (_, i) => i + 1));
    const count = (standing: string): number => rows.filter((row) => row.standing === standing).length;
    expect(count('rejected')).toBe(first.output?.input?.rejected);
    expect(count('lead')).toBe(LIMIT);
    expect(count('not_selected')).toBe((first.output?.matched ?? 0) - LIMIT);
  });

  it('gives the next run of it the companies that the first had not', async () => {
    second = await run(LIMIT + 10);
    const had = new Set(
      (await all<ListedLead>(`/${first.run_id}/leads?`)).map((lead) => lead.company.company_id),
    );
    const leads = await all<ListedLead>(`/${second.run_id}/leads?`);
    const unseen = await all<ListedLead>(`/${second.run_id}/leads?new_only=true&limit=3`);
    expect(leads).toHaveLength(LIMIT + 10);
    expect(unseen).toEqual(leads.filter(({ company }) => !had.has(company.company_id)));
    expect(unseen).toHaveLength(10);
  });

  it('spends neither places nor money of a run of new ones on what the tenant has had: the next best are walked', async () => {
    const had = (await all<ListedLead>(`/${second.run_id}/leads?`)).map(({ company }) => company.company_id);
    fresh = await run(5, { new_only: true });
    const leads = await all<ListedLead>(`/${fresh.run_id}/leads?`);
    expect(leads.filter(({ company }) => had.includes(company.company_id))).toEqual([]);
    expect(fresh.output).toMatchObject({
      candidates: 5,
      leads: 5,
      delivered_before: LIMIT + 10,
      matched: second.output?.matched,
    });
    expect(fresh.output?.usage.map(({ cached }) => cached)).toEqual(fresh.output?.usage.map(() => 0));
  });

  describe('on the command line', () => {
    const ask = (verb: string, run: RunView, ...more: string[]): Promise<LeadgenResult> =>
      runLeadgen([verb, '--tenant-id', 'acme', '--run-id', run.run_id, ...more], cell.env);
    const rowsOf = (result: LeadgenResult, event: string): Record<string, unknown>[] =>
      result.lines().filter((line) => line.event === event);
    const shown = async (...more: string[]): Promise<unknown[]> =>
      rowsOf(await ask('leads', second, ...more), 'lead').map(({ event: _event, ...lead }) => lead);

    it('shows the leads as the API does: all, the best, those of a bucket, those no run has had before', async () => {
      const leads = await all<ListedLead>(`/${second.run_id}/leads?`);
      expect(await shown()).toEqual(leads);
      expect(await shown('--limit', '4')).toEqual(leads.slice(0, 4));
      const { bucket } = (leads[0] as ListedLead).score;
      const alike = leads.filter(({ score }) => score.bucket === bucket);
      expect(await shown('--bucket', bucket, '--limit', '100')).toEqual(alike);
      expect(await shown('--new-only')).toEqual(await all(`/${second.run_id}/leads?new_only=true`));
      expect((await ask('leads', second)).last()).toMatchObject({
        exit_code: 0,
        state: 'completed',
        ranked: true,
        leads: LIMIT + 10,
        message: `${LIMIT + 10} leads`,
      });
    });

    it('prints CSV as the export has it, and nothing else', async () => {
      const { stdout, stderr, exitCode } = await ask('leads', first, '--csv');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toBe(await readFile(join(runFolder(cell, first), 'leads.csv'), 'utf8'));
    });

    it('tells every event of a run, and those behind one', async () => {
      const told = rowsOf(await ask('events', first), 'status');
      expect(told.map(({ id }) => id)).toEqual(told.map((_event, i) => i + 1));
      expect(told.at(-1)).toMatchObject({ type: 'run_complete', state: 'completed' });
      const after = await ask('events', first, '--after', '3', '--follow');
      expect(rowsOf(after, 'status')).toEqual(told.slice(3));
      expect(after.last()).toMatchObject({ exit_code: 0, last_event_id: told.length });
    });

    it('lists the runs, newest first, and finds nothing to try again in one that completed', async () => {
      const listed = await runLeadgen(['runs', '--tenant-id', 'acme', '--state', 'completed'], cell.env);
      expect(rowsOf(listed, 'run').map(({ run_id: id }) => id)).toEqual(
        [fresh, second, first].map(({ run_id: runId }) => runId),
      );
      const retried = await ask('retry', first);
      expect(retried.exitCode).toBe(2);
      expect(retried.last()).toMatchObject({ exit_code: 2, error: { code: 'nothing_to_retry' } });
      expect(rowsOf(await ask('events', first), 'status').at(-1)).toMatchObject({ type: 'run_complete' });
    });
  });
});
