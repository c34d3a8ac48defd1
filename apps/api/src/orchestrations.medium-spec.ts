import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ApiKeys } from '#libs/access';
import { loadSettings } from '#libs/config';
import type { ErrorCode } from '#libs/contracts';
import { createLogger } from '#libs/observability';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { RunRepository } from '#libs/run-state';
import { startTestRedis, type TestRedis } from '#libs/testing';
import { closeApi, createApi } from './start-api';

type Json = Record<string, unknown>;
type SentInit = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };
interface Answer {
  status: number;
  headers: Headers;
  body: Json;
}

describe('the API over HTTP, on a real Redis', () => {
  let server: TestRedis;
  let redis: RedisClient;
  let app: NestExpressApplication;
  let url: string;
  let dataDir: string;
  let runs: RunRepository;
  const authorizations = new Map<string, string>();

  beforeAll(async () => {
    server = await startTestRedis();
    redis = createRedis(server.url, workerConnectionOptions());
    await redis.connect();
    dataDir = await mkdtemp(join(tmpdir(), 'leadgen-api-'));
    const settings = loadSettings({
      REDIS_URL: server.url,
      LEADGEN_DATA_DIR: dataDir,
      LEADGEN_API_PORT: '0',
      LEADGEN_API_ACTIVE_RUNS_PER_TENANT: '60',
    });
    app = await createApi(settings, createLogger({ app: 'api', level: 'silent' }));
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    runs = new RunRepository(redis, new CellKeys('main'));
    const apiKeys = new ApiKeys(redis, new CellKeys('main'));
    for (const tenantId of ['acme', 'globex', 'lister', 'nobody', 'busy']) {
      const { text } = await apiKeys.issue({ tenantId, environment: 'test' });
      authorizations.set(tenantId, `Bearer ${text}`);
    }
  });

  afterAll(async () => {
    await closeApi(app);
    await closeRedis(redis);
    await server.stop();
    await rm(dataDir, { recursive: true });
  });

  async function send(path: string, init: SentInit = {}, tenant = 'acme'): Promise<Answer> {
    const authorization = authorizations.get(tenant) ?? '';
    const response = await fetch(`${url}${path}`, { ...init, headers: { ...init.headers, authorization } });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Json };
  }

  const post = (body: unknown, headers: Record<string, string> = {}, tenant = 'acme'): Promise<Answer> =>
    send(
      '/api/orchestrations',
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      },
      tenant,
    );

  const VALID = {
    input: 'run full pipeline',
    icp_payload: { industries: ['software'] },
    companies: [{ name: 'Acme', website: 'acme.example' }],
  };

  function expectProblem(answer: Answer, status: number, code: ErrorCode): void {
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({
      type: `urn:leadgen:problem:${code}`,
      title: expect.any(String),
      status,
      code,
      detail: expect.any(String),
    });
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.ts:|at Object/);
  }

  it('accepts a run: 202 with its ids, state, status, history, output and links, and it is handed over to the workers', async () => {
    const { status, body } = await post(VALID);
    expect(status).toBe(202);
    expect(body).toMatchObject({
      thread_id: expect.stringMatching(/^thr_/),
      run_id: expect.stringMatching(/^run_/),
      tenant_id: 'acme',
      source: 'api',
      state: 'queued',
      status: { phase: 'plan', message: expect.any(String), updated_at: expect.any(String) },
      output: null,
      links: { self: `/api/orchestrations/${String(body.run_id)}` },
    });
    expect(body.status_history).toEqual([body.status]);
    expect(await redis.lrange(new CellKeys('main').runHandover(), 0, -1)).toEqual([
      `acme/${String(body.run_id)}`,
    ]);
    const shown = await send((body.links as { self: string }).self);
    expect(shown).toMatchObject({ status: 200, body });
  });

  it('finds a run by its id, and by its thread the latest', async () => {
    const first = await post({ ...VALID, thread_id: 'weekly' });
    const second = await post({ ...VALID, thread_id: 'weekly' });
    expect(first.body.thread_id).toBe('weekly');
    const byThread = await send('/api/orchestrations/weekly');
    expect(byThread.body.run_id).toBe(second.body.run_id);
    const byRun = await send(`/api/orchestrations/${String(first.body.run_id)}`);
    expect(byRun.body.run_id).toBe(first.body.run_id);
  });

  it('gives a foreign run, a foreign thread and an unknown one the same 404', async () => {
    const { body } = await post({ ...VALID, thread_id: 'secret' });
    for (const id of [
      String(body.run_id),
      'secret',
      'unknown',
      'run_01M83T0C0N157MS0FWEXFGGEYC',
      '%24',
      'a'.repeat(200),
    ]) {
      const answer = await send(`/api/orchestrations/${id}`, {}, 'globex');
      expectProblem(answer, 404, 'run_not_found');
    }
  });

  it('lists a tenant’s own runs, newest first, also when an older one is past its retention', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 3; i += 1) ids.push(String((await post(VALID, {}, 'lister')).body.run_id));
    await redis.del(new CellKeys('main').run('lister', ids[1] ?? ''));
    const { status, body } = await send('/api/orchestrations', {}, 'lister');
    expect(status).toBe(200);
    expect((body.data as Json[]).map(({ run_id: id }) => id)).toEqual([ids[2], ids[0]]);
    expect((await send('/api/orchestrations', {}, 'nobody')).body).toEqual({
      data: [],
      next_cursor: null,
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['an unknown member', { ...VALID, budget_usd: 5 }, /budget_usd/],
    ['a tenant of the caller’s choice', { ...VALID, tenant_id: 'globex' }, /tenant_id/],
    ['an empty input', { ...VALID, input: '' }, /input/],
    ['an input of blanks', { ...VALID, input: '   ' }, /input/],
    ['a thread of the wrong type', { ...VALID, thread_id: null }, /thread_id/],
    ['a limit that is no number', { ...VALID, limit: '5' }, /limit/],
    ['an unknown mode', { ...VALID, run_mode: 'yolo' }, /run_mode/],
    ['an unknown sink', { ...VALID, export: ['fax'] }, /export/],
    ['companies that are no records', { ...VALID, companies: ['Acme'] }, /companies/],
    ['no companies in the list', { ...VALID, companies: [] }, /companies/],
    [
      'more than 1,000 companies',
      { ...VALID, companies: Array.from({ length: 1_001 }, () => ({ n: 1 })) },
      /companies/,
    ],
    ['a list for a body', [VALID], /./],
    ['null for a body', 'null', /./],
    ['no body', '', /input/],
  ])('refuses %s, naming the place', async (_what, body, place) => {
    const answer = await post(body);
    expectProblem(answer, 400, 'invalid_request');
    expect(String(answer.body.detail)).toMatch(place);
  });

  it('refuses an ICP with unknown members or contradictions, naming the place', async () => {
    const unknown = await post({ ...VALID, icp_payload: { industry: ['software'] } });
    expectProblem(unknown, 400, 'invalid_icp');
    expect(unknown.body.detail).toMatch(/industry/);
    const contradiction = await post({ ...VALID, icp_payload: { employees: { min: 50, max: 10 } } });
    expectProblem(contradiction, 400, 'invalid_icp');
    expect(contradiction.body.detail).toMatch(/employees/);
  });

  it('refuses malformed JSON, a body of another type and one that is too large', async () => {
    expectProblem(await post('{"input": "go",'), 400, 'invalid_request');
    expectProblem(await post(VALID, { 'content-type': 'text/plain' }), 400, 'invalid_request');
    const large = { ...VALID, companies: [{ name: 'x'.repeat(300_000) }] };
    expectProblem(await post(large), 413, 'too_large');
  });

  it('is not poisoned by members that name the prototype', async () => {
    for (const text of ['{"__proto__":{"input":"go"}}', '{"constructor":{"prototype":{"x":1}}}']) {
      expectProblem(await post(text), 400, 'invalid_request');
    }
    const inside = await post(
      `{"input":"run full pipeline","companies":[{"__proto__":{"polluted":1},"name":"A"}]}`,
    );
    expectProblem(inside, 400, 'invalid_request');
    expect(String(inside.body.detail)).toMatch(/companies\.0\.__proto__/);
    expect(({} as Json).polluted).toBeUndefined();
  });

  it('takes 1,000 companies inline', async () => {
    const companies = Array.from({ length: 1_000 }, (_, n) => ({
      name: `Company number ${n}`,
      website: `https://www.company-${n}.example.com/about`,
      country: 'US',
      industry: 'Software',
      employees: '11-50',
    }));
    const { status, body } = await post({ ...VALID, companies });
    expect(status).toBe(202);
    const { request } = await runs.get({ tenantId: 'acme', runId: String(body.run_id) });
    expect(request.dataset_key).toMatch(/acme/);
  });

  it('shows why a run ended, and nothing it was not meant to show', async () => {
    const { body } = await post(VALID);
    const run = { tenantId: 'acme', runId: String(body.run_id) };
    await runs.transition(run, 'failed', {
      event: 'run_failed',
      message: 'the disk is full',
      fields: {
        problem: JSON.stringify({ code: 'storage_failed', message: 'the disk is full' }),
        secret: 'hidden',
      },
    });
    const { body: shown } = await send(`/api/orchestrations/${run.runId}`);
    expect(shown).toMatchObject({
      state: 'failed',
      problem: { code: 'storage_failed', message: 'the disk is full' },
      status: { message: 'the disk is full' },
      finished_at: expect.any(String),
    });
    expect(Object.keys(shown).sort()).toEqual(Object.keys(body).sort());
  });

  it('answers unknown routes with a problem, and tells nobody what it is made of', async () => {
    const answer = await send('/api/nothing');
    expectProblem(answer, 404, 'not_found');
    expect(answer.headers.get('x-powered-by')).toBeNull();
  });

  it('asks for a key, and for one that may do what is asked', async () => {
    expectProblem(await send('/api/orchestrations', {}, 'stranger'), 401, 'unauthenticated');
    const { text } = await new ApiKeys(redis, new CellKeys('main')).issue({
      tenantId: 'acme',
      environment: 'test',
      scopes: ['orchestrations:read'],
    });
    authorizations.set('reader', `Bearer ${text}`);
    expect(await send('/api/orchestrations', {}, 'reader')).toMatchObject({ status: 200 });
    expectProblem(await post(VALID, {}, 'reader'), 403, 'forbidden');
  });

  it('is live and ready', async () => {
    expect(await send('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await send('/health/ready')).toMatchObject({
      status: 200,
      body: { status: 'ok', details: { redis: { status: 'up' } } },
    });
  });
});
