import { randomBytes } from 'node:crypto';
import { routesOf, type ApiRoute } from '../../test/api-routes';
import { nameOf, OwnedThings, validBodyOf } from '../../test/owned-things';
import { serveApi, type ServedApi } from '../../test/served-api';

/** Members that a caller would like to set and must not. */
const WISHES: Readonly<Record<string, unknown>> = {
  tenant_id: 'globex',
  tenantId: 'globex',
  tenant: { id: 'globex' },
  owner: 'globex',
  quota: 1_000_000,
  budget: 1_000_000,
  budgets: { run_usd: null },
  weight: 1_000,
  scopes: ['tenant:write'],
  role: 'admin',
  is_admin: true,
  source: 'cli',
  state: 'completed',
  status: { phase: 'summary' },
  id: 'chosen',
  run_id: 'run_01M83T0C0N157MS0FWEXFGGEYC',
  created_at: '2000-01-01T00:00:00.000Z',
  dataset_key: 'globex/datasets/x.jsonl',
  offline: false,
  constructor: { prototype: { polluted: true } },
  prototype: { polluted: true },
  hasOwnProperty: true,
  toString: 'x',
  $where: '1',
  '': 'nameless',
};

describe('a member that a body does not have, on every route that takes one', () => {
  let api: ServedApi;
  let routes: ApiRoute[];
  let acme: OwnedThings;

  beforeAll(async () => {
    api = await serveApi({ LEADGEN_SEALING_KEY: randomBytes(32).toString('base64') });
    acme = await OwnedThings.of(api, 'acme');
    routes = routesOf(api.app).filter(
      (route) => route.access !== 'public' && validBodyOf(route) !== undefined,
    );
  });
  afterAll(() => api.stop());

  const send = (route: ApiRoute, text: string): ReturnType<ServedApi['ask']> =>
    api.ask('acme', acme.pathOf(route, 'owned'), {
      method: route.method,
      body: text,
      headers: { 'content-type': 'application/json' },
    });
  const everything = async (): Promise<Record<string, string>> => {
    const seen: Record<string, string> = {};
    for (const route of routesOf(api.app).filter(
      ({ method, access }) => method === 'GET' && access !== 'public',
    )) {
      seen[nameOf(route)] = comparable((await api.ask('acme', acme.pathOf(route, 'owned'))).text);
    }
    return seen;
  };
  /** A stream tells each client another time to come back. */
  const comparable = (text: string): string => text.replace(/^retry: \d+$/m, '');
  /** JSON text with one member more, which may be named `__proto__`. */
  const withMember = (body: object, name: string, value: unknown): string =>
    JSON.stringify(body)
      .replace(/\}$/, `,${JSON.stringify(name)}:${JSON.stringify(value)}}`)
      .replace(/^\{,/, '{');

  it('is refused by its name, and nothing changes', async () => {
    expect(routes.length).toBeGreaterThan(4);
    const before = await everything();
    for (const route of routes) {
      const body = validBodyOf(route) ?? {};
      for (const [name, value] of [...Object.entries(WISHES), ['__proto__', { polluted: true }] as const]) {
        if (Object.hasOwn(body, name)) continue;
        const { status, body: problem } = await send(route, withMember(body, name, value));
        const paths = ((problem.errors ?? []) as { path: string }[]).map(({ path }) => path);
        expect([nameOf(route), name, status, paths]).toEqual([nameOf(route), name, 400, [name]]);
      }
    }
    expect(await everything()).toEqual(before);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('is refused by its place as well inside of what a body has', async () => {
    const asked: string[] = [];
    for (const route of routes) {
      const body = validBodyOf(route) ?? {};
      for (const [outer, inner] of Object.entries(body)) {
        if (typeof inner !== 'object' || inner === null) continue;
        for (const name of ['constructor', 'prototype', '__proto__', 'toString']) {
          const at = Array.isArray(inner) ? `${outer}.${inner.length}` : outer;
          const text = Array.isArray(inner)
            ? JSON.stringify({ ...body, [outer]: [...(inner as unknown[]), '@'] }).replace(
                '"@"',
                `{"${name}":1}`,
              )
            : JSON.stringify({ ...body, [outer]: '@' }).replace(
                '"@"',
                withMember({ a: 1, ...inner }, name, 1),
              );
          const { status, body: problem } = await send(route, text);
          const paths = ((problem.errors ?? []) as { path: string }[]).map(({ path }) => path);
          expect([nameOf(route), status, paths]).toEqual([nameOf(route), 400, [`${at}.${name}`]]);
          asked.push(`${nameOf(route)} ${outer}`);
        }
      }
    }
    expect(new Set(asked).size).toBeGreaterThan(2);
  });

  it('in a query names no tenant either: it is refused, or makes no difference', async () => {
    for (const route of routesOf(api.app).filter(
      ({ method, access }) => method === 'GET' && access !== 'public',
    )) {
      const path = acme.pathOf(route, 'owned');
      const plain = await api.ask('acme', path);
      for (const query of ['tenant_id=globex', 'tenantId=globex', 'tenant=globex', '__proto__[x]=1']) {
        const asked = await api.ask('acme', `${path}?${query}`);
        const same = asked.status === plain.status && comparable(asked.text) === comparable(plain.text);
        expect([nameOf(route), query, same || asked.status === 400]).toEqual([nameOf(route), query, true]);
      }
    }
  });
});
