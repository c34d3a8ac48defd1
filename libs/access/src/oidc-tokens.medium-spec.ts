import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { OidcTokens } from './oidc-tokens';

const ISSUER = 'https://login.acme.example';
const AUDIENCE = 'leadgen';

/** A real issuer's key endpoint on loopback. */
class Issuer {
  requests: string[] = [];
  broken = false;
  private server: Server | undefined;

  constructor(private readonly published: JWK[]) {}

  async start(): Promise<URL> {
    this.server = createServer((request, response) => {
      this.requests.push(request.url ?? '');
      response.statusCode = this.broken ? 500 : 200;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ keys: this.published }));
    }).listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return new URL(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}/keys`);
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    this.server?.close();
    if (this.server) await once(this.server, 'close');
  }
}

describe('tokens of an OpenID Connect issuer, whose keys come over real HTTP', () => {
  let issuer: Issuer;
  let url: URL;
  let privateKey: CryptoKey;
  let publicKey: CryptoKey;
  let foreignKey: CryptoKey;
  let tokens: OidcTokens;

  beforeAll(async () => {
    ({ privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true }));
    foreignKey = (await generateKeyPair('RS256')).privateKey;
    issuer = new Issuer([{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }]);
    url = await issuer.start();
  });
  beforeEach(() => {
    issuer.requests = [];
    issuer.broken = false;
    tokens = tokensOf({});
  });
  afterAll(() => issuer.stop());

  const tokensOf = (claims: { tenantClaim?: string; scopeClaim?: string }): OidcTokens =>
    new OidcTokens({
      issuer: ISSUER,
      audience: AUDIENCE,
      keys: { url },
      tenantClaim: 'tenant_id',
      scopeClaim: 'scope',
      ...claims,
    });

  interface Made {
    claims?: Record<string, unknown>;
    header?: Record<string, unknown>;
    key?: CryptoKey;
    expires?: number;
    issuer?: string;
    audience?: string;
  }
  const nowS = (): number => Math.floor(Date.now() / 1_000);
  const sign = ({
    claims = {},
    header = {},
    key = privateKey,
    expires = nowS() + 300,
    ...who
  }: Made = {}): Promise<string> =>
    new SignJWT({
      tenant_id: 'acme',
      scope: 'orchestrations:read datasets:write openid',
      sub: 'robot',
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
      .setIssuer(who.issuer ?? ISSUER)
      .setAudience(who.audience ?? AUDIENCE)
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(key);
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('prove a tenant and the scopes we know', async () => {
    expect(await tokens.verify(await sign())).toEqual({
      tenantId: 'acme',
      actor: 'jwt:robot',
      scopes: ['orchestrations:read', 'datasets:write'],
    });
  });

  it('may say so in claims of another name, and name nobody’s address afterwards', async () => {
    const named = tokensOf({ tenantClaim: 'https://acme.example/org', scopeClaim: 'roles' });
    const caller = await named.verify(
      await sign({
        claims: { 'https://acme.example/org': 'globex', roles: ['tenant:read'], sub: 'jane@acme.example' },
      }),
    );
    expect(caller).toMatchObject({ tenantId: 'globex', scopes: ['tenant:read'] });
    expect(caller?.actor).toMatch(/^jwt:[a-z2-7]{16}$/);
  });

  it('are checked against keys fetched once, whatever key and place they name themselves', async () => {
    await tokens.verify(await sign());
    for (const header of [
      { kid: 'two' },
      { kid: '../../etc/passwd' },
      { kid: 'one', jku: 'http://127.0.0.1:1/' },
    ]) {
      await tokens.verify(await sign({ header }));
    }
    expect(issuer.requests).toEqual(['/keys']);
  });

  it('may be past their end by no more than a minute of the clocks’ difference', async () => {
    expect(await tokens.verify(await sign({ expires: nowS() - 30 }))).toBeDefined();
    expect(await tokens.verify(await sign({ expires: nowS() - 62 }))).toBeUndefined();
  });

  const withoutExpiry = (): Promise<string> =>
    new SignJWT({ tenant_id: 'acme', sub: 'robot' })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .sign(privateKey);
  const unsigned = (): string =>
    `${part({ alg: 'none' })}.${part({ iss: ISSUER, aud: AUDIENCE, exp: nowS() + 300, sub: 'x', tenant_id: 'acme' })}.`;
  /** Signed with the public key as if it were a shared secret. */
  async function confused(): Promise<string> {
    const body = `${part({ alg: 'HS256', kid: 'one' })}.${part({
      iss: ISSUER,
      aud: AUDIENCE,
      exp: nowS() + 300,
      sub: 'x',
      tenant_id: 'acme',
    })}`;
    return `${body}.${createHmac('sha256', await exportSPKI(publicKey))
      .update(body)
      .digest('base64url')}`;
  }

  it.each<[string, () => string | Promise<string>]>([
    ['has no signature', unsigned],
    ['is signed with the public key as a shared secret', confused],
    ['is signed by somebody else', () => sign({ key: foreignKey })],
    ['names an unknown key', () => sign({ header: { kid: 'two' } })],
    ['names a key by a path', () => sign({ header: { kid: '../../../dev/null' } })],
    [
      'brings a key along',
      async () => sign({ key: foreignKey, header: { jwk: await exportJWK(publicKey) } }),
    ],
    ['has expired', () => sign({ expires: nowS() - 3_600 })],
    ['never expires', withoutExpiry],
    ['is meant for somebody else', () => sign({ audience: 'billing' })],
    ['comes from another issuer', () => sign({ issuer: 'https://evil.example' })],
    ['names no tenant', () => sign({ claims: { tenant_id: undefined } })],
    ['names several tenants', () => sign({ claims: { tenant_id: ['acme', 'globex'] } })],
    ['names a tenant that is none', () => sign({ claims: { tenant_id: '../acme' } })],
    ['names no subject', () => sign({ claims: { sub: undefined } })],
    ['was changed', async () => (await sign()).replace(/\.[^.]+\./, `.${part({ tenant_id: 'globex' })}.`)],
    ['is nothing of the kind', () => 'a.b.c'],
    ['is empty', () => ''],
    ['is long', () => `${'a'.repeat(8_000)}.${'b'.repeat(8_000)}.c`],
    ['has a header that is no object', () => `${part(null)}.${part([])}.${part(1)}`],
  ])('prove nothing where one %s', async (_what, make) => {
    expect(await tokens.verify(await make())).toBeUndefined();
  });

  it('cannot be checked while the issuer’s keys cannot be had, and can again afterwards', async () => {
    issuer.broken = true;
    const token = await sign();
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'identity_unreachable' });
    issuer.broken = false;
    expect(await tokens.verify(token)).toBeDefined();
  });

  it('are checked against keys of a file, too', async () => {
    const options = { issuer: ISSUER, audience: AUDIENCE, tenantClaim: 'tenant_id', scopeClaim: 'scope' };
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }] };
    expect(await new OidcTokens({ ...options, keys: { jwks } }).verify(await sign())).toBeDefined();
    expect(() => new OidcTokens({ ...options, keys: { jwks: { no: 'keys' } } })).toThrow(/JWKS/);
  });
});
