import { randomBytes } from 'node:crypto';
import { AuditLog } from '#libs/audit';
import { Sealer } from '#libs/sealing';
import { TenantWebhooks } from '#libs/tenancy';
import { useTestRedis } from '#libs/testing';
import { serveApi, type ServedApi } from '../../../test/served-api';

const PATH = '/api/tenants/me/webhook';
const URL_OF_ACME = 'https://hooks.example.com/canary';
const SECRET = `whsec_${randomBytes(32).toString('base64')}`;

describe('a tenant’s default webhook, over HTTP', () => {
  const used = useTestRedis();
  const sealing = randomBytes(32).toString('base64');
  let api: ServedApi | undefined;

  const start = async (
    env: Record<string, string> = { LEADGEN_SEALING_KEY: sealing },
  ): Promise<ServedApi> => {
    api = await serveApi(env, used);
    return api;
  };

  afterEach(async () => {
    await api?.stop();
    api = undefined;
  });

  const stored = (): TenantWebhooks => new TenantWebhooks(used.redis, used.keys, new Sealer([sealing]));
  const secretOf = async (tenant: string): Promise<string | undefined> => {
    const webhook = await stored().find(tenant);
    return webhook && stored().secretOf(tenant, webhook);
  };

  it('is stored and shown without its secret, to its tenant alone, until it is taken back', async () => {
    const running = await start();
    const nobody = { url: null, set_at: null };
    expect((await running.send('GET', PATH)).body).toEqual(nobody);
    const put = await running.send('PUT', PATH, { body: { url: URL_OF_ACME, secret: SECRET } });
    expect([put.status, put.body]).toEqual([
      200,
      { url: URL_OF_ACME, set_at: expect.stringMatching(/Z$/) as string, secret: null },
    ]);
    const { url, set_at: setAt } = put.body;
    expect((await running.send('GET', PATH)).body).toEqual({ url, set_at: setAt });
    expect((await running.send('GET', PATH, { tenant: 'globex' })).body).toEqual(nobody);
    expect(await secretOf('acme')).toBe(SECRET);
    const hash = await used.redis.hgetall(used.keys.tenantWebhook('acme'));
    expect(JSON.stringify(hash)).not.toContain(SECRET);

    expect((await running.send('DELETE', PATH)).status).toBe(204);
    expect((await running.send('DELETE', PATH)).status).toBe(204);
    expect((await running.send('GET', PATH)).body).toEqual(nobody);
    const { entries } = await new AuditLog(used.redis, used.keys).read({ tenantId: 'acme' });
    expect(entries.map(({ action }) => action).sort()).toEqual([
      'tenant.webhook_removed',
      'tenant.webhook_set',
    ]);
    expect(JSON.stringify(entries)).toContain('hooks.example.com');
    expect(JSON.stringify(entries)).not.toMatch(/canary|whsec/);
  });

  it('gets a secret of its own, shown once, where none is given, and another with each change', async () => {
    const running = await start();
    const put = async (): Promise<unknown> =>
      (await running.send('PUT', PATH, { body: { url: URL_OF_ACME } })).body.secret;
    const [first, second] = [await put(), await put()];
    expect(first).toMatch(/^whsec_/);
    expect(second).not.toBe(first);
    expect(await secretOf('acme')).toBe(second);
  });

  it.each([
    ['a URL that is not https', { url: 'http://example.com/hook' }],
    ['an address of the house', { url: 'https://192.168.0.1/hook' }],
    ['an address of the cloud’s', { url: 'https://169.254.169.254/latest' }],
    ['this machine', { url: 'https://localhost/hook' }],
    ['a password in the URL', { url: 'https://user:password@example.com/hook' }],
    ['no URL', { url: 'hook' }],
    ['nothing', {}],
    ['a weak secret', { url: URL_OF_ACME, secret: 'whsec_c2hvcnQ=' }],
    ['null for a secret', { url: URL_OF_ACME, secret: null }],
    ['unknown members', { url: URL_OF_ACME, events: ['run.failed'] }],
  ])('is refused with %s, and what was there stays', async (_what, body) => {
    const running = await start();
    await running.send('PUT', PATH, { body: { url: URL_OF_ACME, secret: SECRET } });
    const { status, body: problem } = await running.send('PUT', PATH, { body });
    expect([status, problem.code]).toEqual([400, 'invalid_request']);
    expect(await secretOf('acme')).toBe(SECRET);
  });

  it('is refused where nothing can leave, and where no secret can be kept', async () => {
    const offline = await start({ ORCHESTRATOR_OFFLINE: '1', LEADGEN_SEALING_KEY: sealing });
    const refused = await offline.send('PUT', PATH, { body: { url: URL_OF_ACME } });
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('offline') as string]);
    await offline.stop();
    const keyless = await start({});
    const { status, body } = await keyless.send('PUT', PATH, { body: { url: URL_OF_ACME } });
    expect([status, body.code]).toEqual([409, 'sealing_not_configured']);
    expect(await stored().find('acme')).toBeUndefined();
  });
});
