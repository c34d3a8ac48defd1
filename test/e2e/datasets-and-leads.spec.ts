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
  startTestCell,
  THREE_STEPS,
  untilRun,
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

  async function run(limit: number): Promise<RunView> {
    const request = { input: 'run full pipeline', icp_payload: {}, dataset_id: datasetId, limit };
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
    const second = await run(LIMIT + 10);
    const had = new Set(
      (await all<ListedLead>(`/${first.run_id}/leads?`)).map((lead) => lead.company.company_id),
    );
    const leads = await all<ListedLead>(`/${second.run_id}/leads?`);
    const fresh = await all<ListedLead>(`/${second.run_id}/leads?new_only=true&limit=3`);
    expect(leads).toHaveLength(LIMIT + 10);
    expect(fresh).toEqual(leads.filter(({ company }) => !had.has(company.company_id)));
    expect(fresh).toHaveLength(10);
  });
});
