import { OWN_PATHS } from '#libs/config';
import { routesOf } from '../../test/api-routes';
import { serveApi, type ServedApi } from '../../test/served-api';

const ROUTES = JSON.stringify({
  deprecated: '2026-10-01',
  sunset: '2027-01-31',
  routes: {
    'POST /chat/pre-sdr': 'run',
    'GET /chat/pre-sdr/:thread_id': 'status',
    'GET /chat/pre-sdr/:thread_id/leads': 'leads',
    'POST /chat/pre-sdr/:thread_id/stop': 'cancel',
  },
});
const MARKS = { deprecation: '@1790812800', sunset: 'Sun, 31 Jan 2027 00:00:00 GMT' };
const marksOf = (headers: Headers): object => ({
  deprecation: headers.get('deprecation'),
  sunset: headers.get('sunset'),
});
const successor = (path: string): string => `<${path}>; rel="successor-version"`;
const posted = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

describe('a path of the system before', () => {
  let api: ServedApi;

  beforeAll(async () => {
    api = await serveApi({ ORCHESTRATOR_LEGACY_ROUTES: ROUTES });
  });
  afterAll(() => api.stop());

  it('starts a run of the key’s tenant, and every answer says that it is deprecated and what comes after it', async () => {
    const old = { message: 'run full pipeline', session_id: 'old-1', tenant_id: 'globex', icp: {} };
    const { status, headers, body } = await api.ask('acme', '/chat/pre-sdr?verbose=1', posted(old));
    expect([status, body.tenant_id, body.thread_id]).toEqual([202, 'acme', 'old-1']);
    expect(marksOf(headers)).toEqual(MARKS);
    expect(headers.get('link')).toBe(successor('/api/orchestrations'));
    const seen = await api.ask('acme', '/chat/pre-sdr/old-1');
    expect([seen.status, seen.body.run_id]).toEqual([200, body.run_id]);
    expect(seen.headers.get('link')).toBe(successor('/api/orchestrations/old-1'));
    const leads = await api.ask('acme', '/chat/pre-sdr/old-1/leads?limit=1');
    expect([leads.status, leads.body.data]).toEqual([200, []]);
    const stopped = await api.ask('acme', '/chat/pre-sdr/old-1/stop', { method: 'POST' });
    expect([stopped.status, stopped.body.state]).toEqual([200, 'cancelled']);
  });

  it('keeps an idempotency key as ours does', async () => {
    const ask = () =>
      api.ask('acme', '/chat/pre-sdr', posted({ text: 'run full pipeline' }, { 'idempotency-key': 'k' }));
    const [first, second] = [await ask(), await ask()];
    expect(second.body.run_id).toBe(first.body.run_id);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
  });

  it('asks for the same key and scope as the route it leads to, and marks refusals as well', async () => {
    const bare = await fetch(`${api.url}/chat/pre-sdr`, posted({}));
    expect([bare.status, marksOf(bare.headers)]).toEqual([401, MARKS]);
    const authorization = await api.authorization('acme', ['orchestrations:read']);
    const reader = await fetch(`${api.url}/chat/pre-sdr`, posted({}, { authorization }));
    expect([reader.status, marksOf(reader.headers)]).toEqual([403, MARKS]);
  });

  it('shows another tenant’s thread as one that never was', async () => {
    await api.ask('acme', '/chat/pre-sdr', posted({ thread_id: 'acmes' }));
    const [foreign, nobodys] = [
      await api.ask('globex', '/chat/pre-sdr/acmes'),
      await api.ask('globex', '/chat/pre-sdr/nobodys'),
    ];
    expect(foreign.status).toBe(404);
    expect(foreign.text).toBe(nobodys.text);
    const stop = await api.ask('globex', '/chat/pre-sdr/acmes/stop', { method: 'POST' });
    expect(stop.status).toBe(404);
  });

  it.each<[string, RequestInit, number]>([
    ['a value of a wrong kind', posted({ message: 7 }), 400],
    ['a profile that is none', posted({ icp: 'software' }), 400],
    ['a body that is a list', posted([]), 400],
    [
      'a form, which is not taken for an empty request',
      { method: 'POST', body: new URLSearchParams({ message: 'x' }) },
      400,
    ],
  ])('refuses %s as ours does', async (_what, init, status) => {
    const answer = await api.ask('acme', '/chat/pre-sdr', init);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      expect.stringContaining('application/problem+json') as string,
    ]);
  });

  it.each(['/chat', '/chat/pre-sdr/a/b/c', '/chat/pre-sdr/a$b', '/chat/pre-sdr/'])(
    'that was not named (%s) is not there, and not marked',
    async (path) => {
      const { status, headers } = await api.ask('acme', path);
      expect([status, headers.get('deprecation')]).toEqual([404, null]);
    },
  );

  it('can hide none of our own: settings refuse those paths, of all routes there are', () => {
    const own = routesOf(api.app).map(({ path }) => path);
    expect(own.length).toBeGreaterThan(10);
    expect(
      own.filter((path) => !OWN_PATHS.some((prefix) => path === prefix || path.startsWith(`${prefix}/`))),
    ).toEqual([]);
  });
});

describe('a path of the system before that is switched off', () => {
  let api: ServedApi;

  beforeAll(async () => {
    api = await serveApi({ ORCHESTRATOR_LEGACY_ROUTES: ROUTES, ORCHESTRATOR_LEGACY_GONE: '1' });
  });
  afterAll(() => api.stop());

  it.each([
    ['/chat/pre-sdr', posted({ message: 'run full pipeline' }), '/api/orchestrations'],
    ['/chat/pre-sdr/old-1', {}, '/api/orchestrations/old-1'],
  ])('is 410 with a problem that names what comes after: %s', async (path, init, after) => {
    const { status, headers, body } = await api.ask('acme', path, init);
    expect([status, headers.get('content-type')]).toEqual([410, 'application/problem+json; charset=utf-8']);
    expect(body).toMatchObject({
      code: 'route_gone',
      status: 410,
      detail: `this route is switched off: use ${after}`,
    });
    expect(marksOf(headers)).toEqual(MARKS);
    expect(headers.get('link')).toBe(successor(after));
  });

  it('starts nothing', async () => {
    const { body } = await api.ask('acme', '/api/orchestrations');
    expect(body.data).toEqual([]);
  });
});
