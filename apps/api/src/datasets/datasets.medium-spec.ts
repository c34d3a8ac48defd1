import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import { FileObjectStorage, objectKeys } from '#libs/object-storage';
import { RunRepository } from '#libs/run-state';
import { waitUntil } from '#libs/testing';
import { serveApi, type ServedApi } from '../../test/served-api';

const CSV = 'name,website\nAcme,acme.example\n';
const MAX = 300_000;

let api: ServedApi;
let storage: FileObjectStorage;
beforeAll(async () => {
  api = await serveApi({ LEADGEN_DATASET_BYTES_MAX: String(MAX) });
  storage = new FileObjectStorage(join(api.dataDir, 'objects'));
});
afterAll(() => api.stop());

const upload = (
  body: RequestInit['body'],
  { type = 'text/csv', query = '', tenant = 'acme', headers = {} }: Record<string, unknown> = {},
) =>
  api.ask(tenant as string, `/api/datasets${query as string}`, {
    method: 'POST',
    body: body ?? null,
    headers: { ...(type === null ? {} : { 'content-type': type as string }), ...(headers as object) },
    duplex: 'half',
  });

const form = (...files: [string, string][]): FormData => {
  const made = new FormData();
  for (const [name, content] of files) made.append('file', new Blob([content]), name);
  return made;
};

/** Files of a tenant, half-written ones included. */
async function filesOf(tenant: string): Promise<string[]> {
  return readdir(join(api.dataDir, 'objects/datasets', tenant)).catch(() => []);
}

async function* pieces(count: number, bytes: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i += 1) yield Buffer.alloc(bytes, 'x');
}

describe('an upload', () => {
  it('is stored as it came, and says where it can be seen', async () => {
    const { status, headers, body } = await upload(CSV, { query: '?name=Monday' });
    expect(status).toBe(201);
    expect(body).toEqual({
      dataset_id: expect.stringMatching(/^ds_[0-9A-HJKMNP-TV-Z]{26}$/),
      name: 'Monday',
      format: 'csv',
      bytes: CSV.length,
      sha256: createHash('sha256').update(CSV).digest('hex'),
      created_at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(headers.get('location')).toBe(`/api/datasets/${String(body.dataset_id)}`);
    expect(await api.ask('acme', headers.get('location') ?? '')).toMatchObject({ status: 200, body });
    const stored = await storage.open(objectKeys.upload('acme', String(body.dataset_id)));
    expect(await text(stored)).toBe(CSV);
    expect(await api.redis.ttl(api.keys.dataset('acme', String(body.dataset_id)))).toBeGreaterThan(
      29 * 86_400,
    );
  });

  it.each([
    ['a form with a CSV file', form(['Zürich.csv', CSV]), null, '', { name: 'Zürich.csv', format: 'csv' }],
    ['a form with JSON lines', form(['a.jsonl', '{}\n']), null, '', { name: 'a.jsonl', format: 'jsonl' }],
    ['JSON lines', '{}\n', 'application/x-ndjson', '', { format: 'jsonl' }],
    ['CSV with a charset', CSV, 'Text/CSV; charset=utf-8', '', { format: 'csv' }],
    ['bytes whose format is said', CSV, 'application/octet-stream', '?format=csv', { format: 'csv' }],
    ['a form whose format is said', form(['companies', CSV]), null, '?format=jsonl', { format: 'jsonl' }],
  ])('may be %s', async (_what, body, type, query, expected) => {
    expect(await upload(body, { type, query })).toMatchObject({ status: 201, body: expected });
  });

  it.each([
    ['JSON', '{}', 'application/json', '', {}, 415],
    ['a web form', 'a=b', 'application/x-www-form-urlencoded', '', {}, 415],
    ['no type', CSV, '', '', {}, 415],
    ['bytes of who knows what', CSV, 'application/octet-stream', '', {}, 415],
    ['a file of who knows what', form(['companies.xyz', CSV]), null, '', {}, 415],
    ['a compressed body', CSV, 'text/csv', '', { 'content-encoding': 'gzip' }, 415],
    ['nothing', '', 'text/csv', '', {}, 400],
    ['an empty file', form(['a.csv', '']), null, '', {}, 400],
    ['a form without a boundary', CSV, 'multipart/form-data', '', {}, 400],
    ['a form that is none', CSV, 'multipart/form-data; boundary=x', '', {}, 400],
    [
      'a form with no end',
      '--x\r\ncontent-disposition: form-data; name=f; filename=a.csv\r\n\r\nname\n',
      'multipart/form-data; boundary=x',
      '',
      {},
      400,
    ],
    [
      'a form with a broken header',
      '--x\r\n\0\0\0\r\n\r\nname\n--x--',
      'multipart/form-data; boundary=x',
      '',
      {},
      400,
    ],
    ['a form without a file', '--x--\r\n', 'multipart/form-data; boundary=x', '', {}, 400],
    ['a form with two files', form(['a.csv', CSV], ['b.csv', CSV]), null, '', {}, 400],
    ['an unknown format', CSV, 'text/csv', '?format=xlsx', {}, 400],
    ['an unknown parameter', CSV, 'text/csv', '?tenant_id=globex', {}, 400],
  ])('of %s is refused and leaves nothing', async (_what, body, type, query, headers, status) => {
    const before = await filesOf('acme');
    const answer = await upload(body, { type, query, headers });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await filesOf('acme')).toEqual(before);
  });

  it('of a form with a further field is refused', async () => {
    for (const first of ['file', 'field']) {
      const body = new FormData();
      if (first === 'field') body.append('format', 'csv');
      body.append('file', new Blob([CSV]), 'a.csv');
      if (first === 'file') body.append('format', 'csv');
      expect(await upload(body, { type: null, tenant: 'fields' })).toMatchObject({
        status: 400,
        body: { code: 'invalid_request', detail: expect.stringContaining('a part that is no file') },
      });
    }
    expect(await filesOf('fields')).toEqual([]);
  });

  it('may be as large as is said, and no byte larger, whether it says so or not', async () => {
    const tenant = 'large';
    expect(await upload(Buffer.alloc(MAX, 'x'), { tenant })).toMatchObject({
      status: 201,
      body: { bytes: MAX },
    });
    const before = await filesOf(tenant);
    const tooLarge = { status: 413, body: { code: 'dataset_too_large' } };
    expect(await upload(Buffer.alloc(MAX + 1, 'x'), { tenant })).toMatchObject(tooLarge);
    expect(await upload(Buffer.alloc(2 * MAX, 'x'), { tenant })).toMatchObject(tooLarge);
    expect(await upload(pieces(20, MAX / 10) as never, { tenant })).toMatchObject(tooLarge);
    expect(await upload(form(['a.csv', 'x'.repeat(MAX + 1)]), { type: null, tenant })).toMatchObject(
      tooLarge,
    );
    expect(await upload(form(['a.csv', 'x'.repeat(2 * MAX)]), { type: null, tenant })).toMatchObject(
      tooLarge,
    );
    expect(await filesOf(tenant)).toEqual(before);
    expect((await api.ask(tenant, '/api/datasets')).body.data).toHaveLength(1);
  });

  it.each(['text/csv', 'multipart/form-data; boundary=x'])(
    'that is broken off leaves nothing (%s)',
    async (type) => {
      const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
      await once(socket, 'connect');
      const head = type.startsWith('m')
        ? '--x\r\ncontent-disposition: form-data; name=f; filename=a.csv\r\n\r\n'
        : '';
      socket.write(
        `POST /api/datasets HTTP/1.1\r\nhost: localhost\r\nauthorization: ${await api.authorization('broken')}\r\n` +
          `content-type: ${type}\r\ncontent-length: 200000\r\n\r\n${head}${CSV}`,
      );
      await waitUntil(async () => (await filesOf('broken')).length === 1, {
        timeoutMs: 10_000,
        what: 'the upload has begun',
      });
      socket.destroy();
      await waitUntil(async () => (await filesOf('broken')).length === 0, {
        timeoutMs: 10_000,
        what: 'what there was of it is gone',
      });
      expect((await api.ask('broken', '/api/datasets')).body).toEqual({ data: [], next_cursor: null });
    },
  );

  it('may take longer than any other request: the server does not cut it off', () => {
    const { uploadMsMax } = api.app.get<Settings>(SETTINGS).datasets;
    expect(api.app.getHttpServer().requestTimeout).toBeGreaterThan(uploadMsMax);
  });

  it('needs its own scope', async () => {
    const authorization = await api.authorization('acme', ['orchestrations:write']);
    const headers = { authorization, 'content-type': 'text/csv' };
    const response = await fetch(`${api.url}/api/datasets`, { method: 'POST', body: CSV, headers });
    expect(response.status).toBe(403);
  });
});

describe('datasets', () => {
  it('are listed newest first, page by page, each once', async () => {
    const made: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      const { body } = await upload(CSV, { tenant: 'lister' });
      made.unshift(String(body.dataset_id));
    }
    const listed: string[] = [];
    const sizes: number[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await api.ask('lister', `/api/datasets?limit=2${query}`);
      const data = body.data as { dataset_id: string }[];
      listed.push(...data.map(({ dataset_id: id }) => id));
      sizes.push(data.length);
      cursor = body.next_cursor as string | null;
    } while (cursor !== null);
    expect(sizes).toEqual([2, 2, 1]);
    // Of one millisecond the order is theirs.
    expect([...listed].sort()).toEqual([...made].sort());
    expect(listed.map((id) => id.slice(0, 13))).toEqual(made.map((id) => id.slice(0, 13)));
  });

  it('of somebody else, unknown and malformed ones are the same 404, to see, to use and to remove', async () => {
    const { body } = await upload(CSV, { tenant: 'owner' });
    const unknown = 'ds_01M83T0C0N157MS0FWEXFGGEYC';
    const answers = [];
    for (const id of [String(body.dataset_id), unknown, 'x', '%24', '..%2f..', 'ds_*']) {
      answers.push(await api.ask('thief', `/api/datasets/${id}`));
      answers.push(await api.ask('thief', `/api/datasets/${id}`, { method: 'DELETE' }));
      answers.push(await start('thief', { dataset_id: decodeURIComponent(id) }));
    }
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 404, body: answers[0]?.body });
      expect(answer.body.code).toBe('dataset_not_found');
    }
    expect((await api.ask('owner', `/api/datasets/${String(body.dataset_id)}`)).status).toBe(200);
  });

  const start = (tenant: string, body: object) =>
    api.ask(tenant, '/api/orchestrations', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: 'run full pipeline', icp_payload: {}, ...body }),
    });

  it('start any number of runs, named in each, and not beside companies', async () => {
    const { body } = await upload(CSV, { tenant: 'runner', query: '?name=Monday' });
    const dataset_id = String(body.dataset_id);
    const runs = new RunRepository(api.redis, api.keys);
    for (let i = 0; i < 2; i += 1) {
      const { status, body: run } = await start('runner', { dataset_id });
      expect(status).toBe(202);
      const { request } = await runs.get({ tenantId: 'runner', runId: String(run.run_id) });
      expect(request).toMatchObject({ dataset_key: `datasets/runner/${dataset_id}`, dataset_name: 'Monday' });
    }
    expect(await start('runner', { dataset_id, companies: [{ name: 'Acme' }] })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  });

  it('are removed with their content, unless a run is still to read them', async () => {
    const { body } = await upload(CSV, { tenant: 'remover' });
    const path = `/api/datasets/${String(body.dataset_id)}`;
    const { body: run } = await start('remover', { dataset_id: body.dataset_id });
    expect(await api.ask('remover', path, { method: 'DELETE' })).toMatchObject({
      status: 409,
      body: { code: 'dataset_in_use', detail: expect.stringContaining(String(run.run_id)) },
    });
    await api.redis.hset(api.keys.run('remover', String(run.run_id)), 'input', '{}');
    expect((await api.ask('remover', path, { method: 'DELETE' })).status).toBe(204);
    expect((await api.ask('remover', path)).status).toBe(404);
    expect((await api.ask('remover', path, { method: 'DELETE' })).status).toBe(404);
    expect(await filesOf('remover')).toEqual([]);
    expect((await api.ask('remover', '/api/datasets')).body.data).toEqual([]);
  });

  it('past their time are not listed', async () => {
    const { body } = await upload(CSV, { tenant: 'forgetful' });
    const old = 'ds_01ARZ3NDEKTSV4RRFFQ69G5FAV';
    await api.redis.zadd(api.keys.datasets('forgetful'), 0, old);
    const listed = await api.ask('forgetful', '/api/datasets');
    expect(listed.body).toMatchObject({ data: [{ dataset_id: body.dataset_id }], next_cursor: null });
  });
});
