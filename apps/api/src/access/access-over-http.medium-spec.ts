import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { ApiKeys } from '#libs/access';
import { loadSettings } from '#libs/config';
import { serveApi, type ServedApi } from '../../test/served-api';
import { TokenReader } from './token-reader';

const ISSUER = 'https://login.acme.example';

describe('keys, tokens and limits, over HTTP', () => {
  let api: ServedApi;
  let folder: string;
  let privateKey: CryptoKey;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadgen-access-'));
    const pair = await generateKeyPair('ES256', { extractable: true });
    privateKey = pair.privateKey;
    const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' }] };
    await writeFile(join(folder, 'jwks.json'), JSON.stringify(jwks));
    api = await serveApi({
      LEADGEN_API_RATE_PER_MINUTE: '20',
      LEADGEN_API_RUNS_PER_MINUTE: '3',
      LEADGEN_API_BAD_KEYS_PER_MINUTE: '4',
      LEADGEN_OIDC_ISSUER: ISSUER,
      LEADGEN_OIDC_AUDIENCE: 'leadgen',
      LEADGEN_OIDC_JWKS_FILE: join(folder, 'jwks.json'),
    });
  });
  // Invalid keys of one test would count against the next: all come from one address.
  beforeEach(() => api.redis.del(api.keys.badKeys('127.0.0.1')));
  afterAll(async () => {
    await api.stop();
    await rm(folder, { recursive: true });
  });

  const ask = async (authorization: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${api.url}/api/orchestrations`, {
      ...init,
      headers: { 'content-type': 'application/json', authorization },
    });
  const issue = async (tenantId: string): Promise<string> =>
    `Bearer ${(await new ApiKeys(api.redis, api.keys).issue({ tenantId, environment: 'live' })).text}`;
  const token = (claims: object): Promise<string> =>
    new SignJWT({ tenant_id: 'acme', scope: 'orchestrations:read', sub: 'robot', ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer(ISSUER)
      .setAudience('leadgen')
      .setExpirationTime('5m')
      .sign(privateKey);

  it('tell with every answer how much of a minute is left, and refuse more with a time to come again', async () => {
    const key = await issue('busy');
    const first = await ask(key);
    expect(first.headers.get('ratelimit-limit')).toBe('20');
    expect(first.headers.get('ratelimit-remaining')).toBe('19');
    expect(Number(first.headers.get('ratelimit-reset'))).toBeGreaterThan(0);
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask(key)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(10);
    const [one] = refused;
    expect(await one?.json()).toMatchObject({ code: 'rate_limited', status: 429 });
    expect(one?.headers.get('ratelimit-remaining')).toBe('0');
    expect(Number(one?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(await issue('busy'))).status).toBe(200);
  });

  it('let fewer runs be started than other requests be made', async () => {
    const key = await issue('starter');
    const body = JSON.stringify({ input: 'run full pipeline', icp_payload: {} });
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(key, { method: 'POST', body })));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 202).length).toBeGreaterThanOrEqual(3);
    expect(statuses).toContain(429);
    expect((await ask(key)).status).toBe(200);
  });

  it('answer so many invalid keys, then 429, and a valid key of the same address all the while', async () => {
    const key = await issue('neighbour');
    const statuses: number[] = [];
    for (let i = 0; i < 6; i += 1) statuses.push((await ask('Bearer lg_live_guess')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
    expect(Number((await ask('Bearer lg_live_guess')).headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(key)).status).toBe(200);
  });

  it('take a token of the issuer with its tenant and scopes, and its pace', async () => {
    const read = await ask(`Bearer ${await token({})}`);
    expect(read.status).toBe(200);
    expect(read.headers.get('ratelimit-limit')).toBe('20');
    const write = await ask(`Bearer ${await token({})}`, { method: 'POST', body: '{}' });
    expect(write.status).toBe(403);
  });

  it.each<[string, () => Promise<string>]>([
    ['no tenant', () => token({ tenant_id: undefined })],
    ['no signature', async () => (await token({})).replace(/[^.]+$/, '')],
    ['nothing a token has', () => Promise.resolve('a.b.c')],
  ])('answer a token with %s 401', async (_what, make) => {
    const answer = await ask(`Bearer ${await make()}`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['an audience without an issuer', { LEADGEN_OIDC_AUDIENCE: 'x' }, /LEADGEN_OIDC_ISSUER is not set/],
    ['an issuer without keys', { LEADGEN_OIDC_ISSUER: ISSUER, LEADGEN_OIDC_AUDIENCE: 'x' }, /JWKS_URL or/],
    [
      'keys that cannot be read',
      { LEADGEN_OIDC_ISSUER: ISSUER, LEADGEN_OIDC_AUDIENCE: 'x', LEADGEN_OIDC_JWKS_FILE: '/nonexistent' },
      /JWKS_FILE.*cannot be read/,
    ],
  ])('do not start with %s', (_what, env, message) => {
    expect(() => TokenReader.fromSettings(loadSettings(env))).toThrow(message);
  });
});
