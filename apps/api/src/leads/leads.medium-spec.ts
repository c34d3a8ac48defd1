import { once } from 'node:events';
import { get, type ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { listedLeadSchema, type ListedLead } from '#libs/contracts';
import { LEAD_CSV_COLUMNS, leadToCsvRow } from '#libs/domain';
import { safeCell } from '#libs/sinks';
import { CompanyRepository, RunRepository } from '#libs/run-state';
import { SuppressionLists } from '#libs/tenancy';
import { companyNumber } from '#libs/testing';
import { SuppressionNames } from '#libs/vendor-gate';
import { LeadRun, type WalkEnd } from '../../test/lead-run';
import { serveApi, type ServedApi } from '../../test/served-api';

let api: ServedApi;
beforeAll(async () => {
  api = await serveApi();
});
afterAll(() => api.stop());

interface Page {
  data: ListedLead[];
  next_cursor: string | null;
  ranked: boolean;
}

async function page(id: string, query = '', tenant = 'acme'): Promise<Page> {
  const answer = await api.ask(tenant, `/api/orchestrations/${id}/leads${query}`);
  expect(answer.status).toBe(200);
  const body = answer.body as unknown as Page;
  for (const lead of body.data) listedLeadSchema.parse(lead);
  return body;
}

/** All pages, each asked for twice. */
async function pages(id: string, query: string, between?: () => Promise<void>): Promise<Page[]> {
  const all: Page[] = [];
  let cursor: string | null = null;
  do {
    const asked: string = cursor === null ? query : `${query}&cursor=${cursor}`;
    const answer = await page(id, asked);
    expect(await page(id, asked)).toEqual(answer);
    all.push(answer);
    cursor = answer.next_cursor;
    if (all.length === 1) await between?.();
  } while (cursor !== null);
  return all;
}

const names = (found: readonly Page[]): (string | null)[] =>
  found.flatMap(({ data }) => data.map(({ company }) => company.name));
const csv = async (id: string, query: string, headers: Record<string, string> = {}) => {
  const answer = await api.ask('acme', `/api/orchestrations/${id}/leads${query}`, { headers });
  const isCsv = answer.headers.get('content-type')?.startsWith('text/csv') === true;
  const rows = isCsv ? parse<Record<string, string>>(answer.text, { columns: true }) : [];
  return { ...answer, rows };
};

describe('the leads of an ended run', () => {
  const SCORES = [95, 90, 80, 70, 69.9, 60, 50, 49, 30, 10];
  let run: LeadRun;
  beforeAll(async () => {
    run = await LeadRun.going(api, { ends: SCORES });
    await run.complete([...SCORES.keys()], { A: 4, B: 3, C: 3 });
  });

  it('come best first, page by page, each once, and the same when a page is asked for again', async () => {
    const found = await pages(run.id, '?limit=3');
    expect(found.map(({ data }) => data.length)).toEqual([3, 3, 3, 1]);
    expect(found.flatMap(({ data }) => data.map(({ rank, score }) => [rank, score.score]))).toEqual(
      SCORES.map((score, i) => [i + 1, score]),
    );
    expect(found.every(({ ranked }) => ranked)).toBe(true);
  });

  it.each([
    ['bucket=A', [95, 90, 80, 70]],
    ['bucket=B', [69.9, 60, 50]],
    ['bucket=C', [49, 30, 10]],
    ['min_score=60', [95, 90, 80, 70, 69.9, 60]],
    ['min_score=60&bucket=B', [69.9, 60]],
    ['min_score=99', []],
    ['min_score=90&bucket=C', []],
  ])('are filtered by %s', async (filter, scores) => {
    for (const limit of [2, 200]) {
      const found = await pages(run.id, `?limit=${limit}&${filter}`);
      expect(found.flatMap(({ data }) => data.map(({ score }) => score.score))).toEqual(scores);
    }
    const { rows } = await csv(run.id, `?format=csv&${filter}`);
    expect(rows.map(({ score }) => Number(score))).toEqual(scores);
  });

  it('are the same as CSV, cell by cell as an export writes them', async () => {
    const { data } = await page(run.id, '?limit=200');
    const { headers, text, rows } = await csv(run.id, '?format=csv');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe(`attachment; filename="leads-${run.id}.csv"`);
    expect(text.split('\r\n')[0]).toBe(LEAD_CSV_COLUMNS.map(({ name }) => name).join(','));
    expect(rows.map((row) => Object.values(row))).toEqual(
      data.map((lead) =>
        leadToCsvRow(lead).map((cell) => (typeof cell === 'number' ? String(cell) : safeCell(cell ?? ''))),
      ),
    );
  });

  it('come as who asks accepts them: JSON, unless CSV is liked better', async () => {
    const typeOf = async (accept: string, query = ''): Promise<string> =>
      (await csv(run.id, query, { accept })).headers.get('content-type')?.split(';')[0] ?? '';
    expect(await typeOf('*/*')).toBe('application/json');
    expect(await typeOf('text/csv')).toBe('text/csv');
    expect(await typeOf('text/csv;q=0.5, application/json')).toBe('application/json');
    expect(await typeOf('image/png')).toBe('application/json');
    expect(await typeOf('text/csv', '?format=json')).toBe('application/json');
  });

  it('are without those who have come onto the suppression list since', async () => {
    const quiet = await LeadRun.going(api, { tenant: 'globex', ends: [90, 80, 70] });
    await quiet.complete([0, 1, 2], { A: 3, B: 0, C: 0 });
    expect(names([await page(quiet.id, '', 'globex')])).toHaveLength(3);
    await new SuppressionLists(api.redis, api.keys, new SuppressionNames()).add('globex', [
      { kind: 'domain', value: 'company-1.com' },
    ]);
    expect(names([await page(quiet.id, '', 'globex')])).toEqual(['Company 0', 'Company 2']);
    const answer = await api.ask('globex', `/api/orchestrations/${quiet.id}/leads?format=csv`);
    expect(answer.text).not.toContain('Company 1');
  });

  it('are found by their thread', async () => {
    const { thread_id: thread } = await new RunRepository(api.redis, api.keys).get(run.run);
    expect(names([await page(thread)])).toHaveLength(SCORES.length);
  });

  it('cannot start a cell with what a spreadsheet would run', async () => {
    const evil = await LeadRun.going(api, { ends: [90] });
    const key = api.keys.company('acme', evil.id, companyNumber(0).company_id);
    const { base } = await api.redis.hgetall(key);
    const stored = JSON.parse(base ?? '') as { company: object };
    const company = { ...stored.company, name: '=HYPERLINK("http://evil.example")' };
    await api.redis.hset(key, 'base', JSON.stringify({ ...stored, company }));
    const { rows } = await csv(evil.id, '?format=csv');
    expect(rows[0]?.name).toBe('\'=HYPERLINK("http://evil.example")');
  });
});

describe('the leads of a run that goes on', () => {
  it('are those that are finished, in the order of the shortlist, without a rank', async () => {
    const ends: WalkEnd[] = [60, undefined, 90, 'failed', undefined, 'suppressed'];
    const run = await LeadRun.going(api, { ends });
    const found = await pages(run.id, '?limit=2');
    expect(names(found)).toEqual(['Company 0', 'Company 2', 'Company 3']);
    expect(found.flatMap(({ data }) => data).map(({ rank, status }) => [rank, status])).toEqual([
      [null, 'complete'],
      [null, 'complete'],
      [null, 'failed'],
    ]);
    expect(found.every(({ ranked }) => !ranked)).toBe(true);
    expect((await csv(run.id, '?format=csv&bucket=A')).rows).toMatchObject([{ rank: '', name: 'Company 2' }]);
    await run.end(1, 20);
    expect(names([await page(run.id)])).toHaveLength(4);
  });

  it('keep their order over all pages of a list, also when the run ends in between', async () => {
    const run = await LeadRun.going(api, { ends: [10, 50, 90] });
    const found = await pages(run.id, '?limit=1', () => run.complete([2, 1, 0], { A: 1, B: 1, C: 1 }));
    expect(names(found)).toEqual(['Company 0', 'Company 1', 'Company 2']);
    expect(names([await page(run.id)])).toEqual(['Company 2', 'Company 1', 'Company 0']);
  });

  it('are none before it is planned, and stay what they were when it is cancelled', async () => {
    const runs = new RunRepository(api.redis, api.keys);
    const request = { tenant_id: 'acme', input: 'run', mode: 'full', limit: 5, export: ['csv'] } as const;
    const { runId } = await runs.create({ ...request, export: ['csv'] }, { source: 'api' });
    expect(await page(runId)).toEqual({ data: [], next_cursor: null, ranked: false });
    expect((await csv(runId, '?format=csv')).rows).toEqual([]);
    const run = await LeadRun.going(api, { ends: [10, undefined] });
    await runs.transition(run.run, 'cancelled', { event: 'run_cancelled', message: 'stop' });
    expect(await page(run.id)).toMatchObject({ data: [{ rank: null }], next_cursor: null, ranked: false });
  });

  it('are those of the run it took its companies from', async () => {
    const walked = await LeadRun.going(api, { ends: [80] });
    const { run } = await LeadRun.going(api, { ends: [], plan: { source_run_id: walked.id } });
    expect(names([await page(run.runId)])).toEqual(['Company 0']);
  });
});

describe('new leads', () => {
  it('are those that no earlier run has handed over, whichever way and how often they are asked for', async () => {
    const first = await LeadRun.going(api, { tenant: 'repeat', ends: [90, 80] });
    await first.complete([0, 1], { A: 2, B: 0, C: 0 });
    const second = await LeadRun.going(api, { tenant: 'repeat', ends: [90, 80, 60, 70] });
    const newOf = async (run: LeadRun): Promise<(string | null)[]> =>
      names([await page(run.id, '?new_only=true', 'repeat')]);
    expect(await newOf(first)).toEqual(['Company 0', 'Company 1']);
    expect(await newOf(second)).toEqual(['Company 2', 'Company 3']);
    await second.complete([0, 1, 3, 2], { A: 3, B: 1, C: 0 });
    for (let again = 0; again < 2; again += 1) {
      expect(await newOf(second)).toEqual(['Company 3', 'Company 2']);
      expect(await newOf(first)).toEqual(['Company 0', 'Company 1']);
    }
    expect(names([await page(second.id, '?new_only=true&bucket=B', 'repeat')])).toEqual(['Company 2']);
    expect(names([await page(second.id, '?new_only=false', 'repeat')])).toHaveLength(4);
    // Asked by place, as a list that was begun before the end is, it is the same.
    const cursor = Buffer.from(JSON.stringify({ by: 'position', at: 0 })).toString('base64url');
    expect(names([await page(second.id, `?new_only=true&cursor=${cursor}`, 'repeat')])).toEqual([
      'Company 2',
      'Company 3',
    ]);
    // A run that is for new leads only has no others.
    const third = await LeadRun.going(api, { tenant: 'repeat', ends: [90, 80, 70, 60, 50], newOnly: true });
    for (const query of ['', '?new_only=false', '?new_only=true']) {
      expect(names([await page(third.id, query, 'repeat')])).toEqual(['Company 4']);
    }
    // Another tenant has had none of them.
    const other = await LeadRun.going(api, { tenant: 'other', ends: [90] });
    expect(names([await page(other.id, '?new_only=true', 'other')])).toEqual(['Company 0']);
  });
});

describe('asking for leads', () => {
  it('of a foreign run is the same 404 as of one that never was', async () => {
    const run = await LeadRun.going(api, { ends: [90] });
    const unknown = await api.ask('acme', '/api/orchestrations/run_01M83T0C0N157MS0FWEXFGGEYC/leads');
    for (const query of ['', '?format=csv']) {
      const foreign = await api.ask('thief', `/api/orchestrations/${run.id}/leads${query}`);
      expect(foreign).toMatchObject({ status: 404, body: unknown.body });
    }
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=x',
    'bucket=D',
    'bucket=A&bucket=B',
    'min_score=-1',
    'min_score=101',
    'min_score=x',
    'min_score=',
    'new_only=maybe',
    'format=xlsx',
    'cursor=x',
    'cursor=eyJieSI6InJhbmsiLCJhdCI6LTF9',
    'cursor=eyJieSI6InJhbmsiLCJhdCI6MX0&format=csv',
    'tenant_id=globex',
  ])('with %s is refused', async (query) => {
    const run = await LeadRun.going(api, { ends: [90] });
    const answer = await api.ask('acme', `/api/orchestrations/${run.id}/leads?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it('looks at a bounded number of companies for a page, however few the filter lets through', async () => {
    const run = await LeadRun.going(api, { ends: Array.from({ length: 4_100 }, () => 10) });
    await run.end(0, 90);
    const found = await pages(run.id, '?bucket=A');
    expect(found.length).toBeGreaterThan(1);
    expect(names(found)).toEqual([]);
  });

  it('as CSV can be broken off, and the API reads no further', async () => {
    const run = await LeadRun.going(api, { ends: Array.from({ length: 2_000 }, () => 10) });
    const companies = api.app.get(CompanyRepository);
    const find = companies.find.bind(companies);
    let closed: Promise<unknown> = Promise.reject(new Error('nobody has asked'));
    closed.catch(() => undefined);
    api.app.getHttpServer().once('request', (_request: unknown, response: ServerResponse) => {
      closed = once(response, 'close');
    });
    let looks = 0;
    const looking = jest.spyOn(companies, 'find').mockImplementation(async (...args) => {
      looks += 1;
      if (looks === 250) request.destroy();
      if (looks > 200) await closed;
      return find(...args);
    });
    const request = get(`${api.url}/api/orchestrations/${run.id}/leads?format=csv`, {
      headers: { authorization: await api.authorization('acme') },
    });
    const [error] = (await once(request, 'response').then(([response]) =>
      once(response as Readable, 'error'),
    )) as [Error];
    expect(error.message).toBe('aborted');
    await closed;
    expect((await page(run.id, '?limit=1')).data).toHaveLength(1);
    // Up to the end of the piece it was at.
    expect(looks).toBeLessThan(1_000);
    looking.mockRestore();
    // What it serves next is whole.
    expect((await csv(run.id, '?format=csv')).rows).toHaveLength(2_000);
  });
});
