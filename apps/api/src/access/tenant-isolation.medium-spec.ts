import { randomBytes } from 'node:crypto';
import { ApiKeys } from '#libs/access';
import { SCOPES, type Scope } from '#libs/contracts';
import { waitUntil } from '#libs/testing';
import { routesOf, type ApiRoute } from '../../test/api-routes';
import {
  CANARY,
  nameOf,
  NAMES_WHAT_IS_SHARED,
  OwnedThings,
  SAYS_GONE_ANYWAY,
  validBodyOf,
} from '../../test/owned-things';
import { serveApi, type ServedApi } from '../../test/served-api';

const SEALING_KEY = randomBytes(32).toString('base64');
const UNKNOWN_KEY = `lg_live_${'a'.repeat(16)}_${'A'.repeat(43)}`;

interface Answer {
  status: number;
  text: string;
}

/** Every route of the router, asked by six who may not; a new route is asked, too, or the test says what it lacks. */
describe('who may see and do what, on every route', () => {
  let api: ServedApi;
  let routes: ApiRoute[];
  let acme: OwnedThings;
  let apiKeys: ApiKeys;
  let keyOfNobody: Record<'revoked' | 'expired', string>;

  beforeAll(async () => {
    api = await serveApi({ LEADGEN_API_BAD_KEYS_PER_MINUTE: '1000000', LEADGEN_SEALING_KEY: SEALING_KEY });
    apiKeys = new ApiKeys(api.redis, api.keys);
    routes = routesOf(api.app).filter(({ access }) => access !== 'public');
    acme = await OwnedThings.of(api, 'acme');
    const revoked = await apiKeys.issue({ tenantId: 'acme', environment: 'live' });
    await apiKeys.revoke('acme', revoked.id);
    const expired = await apiKeys.issue({ tenantId: 'acme', environment: 'live', lifetimeMs: 1 });
    await waitUntil(async () => (await apiKeys.verify(expired.text)) === undefined, {
      timeoutMs: 20_000,
      what: 'the key expires',
    });
    keyOfNobody = { revoked: `Bearer ${revoked.text}`, expired: `Bearer ${expired.text}` };
  });
  afterAll(() => api.stop());

  async function ask(
    route: ApiRoute,
    authorization: string | undefined,
    which: 'owned' | 'unknown' = 'owned',
  ): Promise<Answer> {
    const body = validBodyOf(route);
    const response = await fetch(`${api.url}${acme.pathOf(route, which)}`, {
      method: route.method,
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  }

  /** What each route answers, by its name. */
  async function askAll(authorization: string | undefined): Promise<Record<string, Answer>> {
    const answers: Record<string, Answer> = {};
    for (const route of routes) answers[nameOf(route)] = await ask(route, authorization);
    return answers;
  }

  /** All that acme can see of its own. */
  async function everythingOfAcme(): Promise<Record<string, Answer>> {
    const seen: Record<string, Answer> = {};
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      const { status, text } = await ask(route, await api.authorization('acme'));
      // A stream tells each client another time to come back, so that they do not come all at once.
      seen[nameOf(route)] = { status, text: text.replace(/^retry: \d+$/m, '') };
    }
    return seen;
  }

  const statusesOf = (answers: Record<string, Answer>): Record<string, number> =>
    Object.fromEntries(Object.entries(answers).map(([name, { status }]) => [name, status]));
  const all = (status: number): Record<string, number> =>
    Object.fromEntries(routes.map((route) => [nameOf(route), status]));

  it('its owner sees everything', async () => {
    const seen = await everythingOfAcme();
    expect(Object.keys(seen).length).toBeGreaterThan(8);
    expect(new Set(Object.values(statusesOf(seen)))).toEqual(new Set([200]));
    expect(Object.values(seen).filter(({ text }) => text.includes(CANARY)).length).toBeGreaterThan(3);
  });

  it.each([
    ['no key', () => undefined],
    ['no key but a word', () => 'Bearer nonsense'],
    ['another scheme', () => `Basic ${Buffer.from('acme:acme').toString('base64')}`],
    ['an unknown key', () => `Bearer ${UNKNOWN_KEY}`],
    ['a revoked key', () => keyOfNobody.revoked],
    ['an expired key', () => keyOfNobody.expired],
  ])('401 to who has %s', async (_who, authorization) => {
    const answers = await askAll(authorization());
    expect(statusesOf(answers)).toEqual(all(401));
    expect(JSON.stringify(answers)).not.toContain(CANARY);
  });

  it('403 to a key of the tenant that lacks the scope', async () => {
    const answers: Record<string, Answer> = {};
    for (const route of routes) {
      const others = SCOPES.filter((scope): scope is Scope => scope !== route.access);
      answers[nameOf(route)] = await ask(route, await api.authorization('acme', others));
    }
    expect(statusesOf(answers)).toEqual(all(403));
    expect(JSON.stringify(answers)).not.toContain(CANARY);
  });

  it('what is another tenant’s is to a tenant as if it were nobody’s, and stays as it was', async () => {
    const before = await everythingOfAcme();
    const globex = await api.authorization('globex');
    const named = routes.filter(({ path }) => path.includes(':'));
    for (const route of named) {
      const name = nameOf(route);
      if (NAMES_WHAT_IS_SHARED.has(name)) {
        expect([name, (await ask(route, globex)).status]).toEqual([name, route.method === 'PUT' ? 200 : 204]);
        continue;
      }
      const [foreign, nobodys] = [await ask(route, globex), await ask(route, globex, 'unknown')];
      expect([name, foreign]).toEqual([name, nobodys]);
      expect([name, foreign.status]).toEqual([name, SAYS_GONE_ANYWAY.has(name) ? 204 : 404]);
    }
    expect(named.length).toBeGreaterThan(5);
    expect(await everythingOfAcme()).toEqual(before);
  });

  it('lists and whole resources of one tenant hold nothing of another’s, nor does what that one writes change them', async () => {
    const before = await everythingOfAcme();
    const whole = routes.filter(({ path }) => !path.includes(':'));
    const bystander = await api.authorization('initech');
    for (const route of whole.filter(({ method }) => method === 'GET')) {
      const { status, text } = await ask(route, bystander);
      expect([nameOf(route), status, text.includes(CANARY)]).toEqual([nameOf(route), 200, false]);
    }
    const writer = await api.authorization('hooli');
    const written = whole.filter((route) => validBodyOf(route) !== undefined);
    for (const route of written) {
      const { status } = await ask(route, writer);
      expect([nameOf(route), status >= 200 && status < 300]).toEqual([nameOf(route), true]);
    }
    expect(await everythingOfAcme()).toEqual(before);
  });
});
