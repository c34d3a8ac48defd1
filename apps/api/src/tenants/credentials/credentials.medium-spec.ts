import { randomBytes } from 'node:crypto';
import { AuditLog } from '#libs/audit';
import { Sealer } from '#libs/sealing';
import { VendorCredentials } from '#libs/tenancy';
import { useTestRedis } from '#libs/testing';
import { serveApi, type ServedApi } from '../../../test/served-api';

const PATH = '/api/tenants/me/vendors';
const SECRET = 'canary-key-of-a-vendor';
const key = (): string => randomBytes(32).toString('base64');

describe('a tenant’s own keys for vendors, over HTTP', () => {
  const used = useTestRedis();
  const sealing = key();
  let api: ServedApi | undefined;

  const start = async (env: Record<string, string>): Promise<ServedApi> => {
    api = await serveApi({ ORCHESTRATOR_OFFLINE: '1', ...env }, used);
    return api;
  };

  afterEach(async () => {
    await api?.stop();
    api = undefined;
  });

  const credentials = (...keys: string[]): VendorCredentials =>
    new VendorCredentials(used.redis, used.keys, new Sealer(keys));

  it('go in and never come out: only that there is one, and since when', async () => {
    const running = await start({ LEADGEN_SEALING_KEY: sealing });
    const { body } = await running.send('GET', PATH);
    const [first] = (body as { data: { id: string }[] }).data;
    const vendor = first?.id ?? '';
    const answers = [
      await running.send('PUT', `${PATH}/${vendor}/credential`, { body: { api_key: SECRET } }),
      await running.send('GET', PATH),
      await running.send('GET', '/api/vendors'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(JSON.stringify(answers.map((answer) => answer.body))).not.toContain('canary');
    const seen = (answer: unknown): unknown => (answer as { data: unknown[] }).data[0];
    expect(seen(answers[1]?.body)).toMatchObject({ id: vendor, has_credential: true });
    expect(seen((await running.send('GET', PATH, { tenant: 'globex' })).body)).toEqual({
      id: vendor,
      has_credential: false,
      set_at: null,
    });
    expect((await credentials(sealing).open('acme')).get(vendor)).toEqual({
      tenantId: 'acme',
      apiKey: SECRET,
    });
    const { entries } = await new AuditLog(used.redis, used.keys).read({ tenantId: 'acme' });
    expect(entries.map(({ action, target }) => [action, target])).toEqual([['credential.set', vendor]]);
    const stored = await used.redis.hgetall(used.keys.vendorCredentials('acme'));
    expect(JSON.stringify([stored, entries])).not.toContain('canary');

    expect((await running.send('DELETE', `${PATH}/${vendor}/credential`)).status).toBe(204);
    expect((await running.send('DELETE', `${PATH}/${vendor}/credential`)).status).toBe(204);
    expect(await credentials(sealing).open('acme')).toEqual(new Map());
  });

  it('are refused without a key to encrypt them, naming what to set, and for what is no vendor or no key', async () => {
    const running = await start({});
    const [vendor = ''] = ((await running.send('GET', PATH)).body as { data: { id: string }[] }).data.map(
      (each) => each.id,
    );
    expect(
      await running.send('PUT', `${PATH}/${vendor}/credential`, { body: { api_key: SECRET } }),
    ).toMatchObject({
      status: 409,
      body: {
        code: 'sealing_not_configured',
        detail: expect.stringContaining('LEADGEN_SEALING_KEY_FILE') as string,
      },
    });
    expect(
      (await running.send('PUT', `${PATH}/nobody/credential`, { body: { api_key: SECRET } })).status,
    ).toBe(404);
    expect((await running.send('PUT', `${PATH}/web/credential`, { body: { api_key: SECRET } })).status).toBe(
      404,
    );
    for (const apiKey of ['', 'a b', 'a\n', 'ключ', 'x'.repeat(513), 5, null]) {
      const { status, body } = await running.send('PUT', `${PATH}/${vendor}/credential`, {
        body: { api_key: apiKey },
      });
      expect([status, (body as { code: string }).code]).toEqual([400, 'invalid_request']);
    }
  });

  it('open under a new key while the old one is there, are sealed anew on the way, and are unreadable after', async () => {
    const newer = key();
    await credentials(sealing).set('acme', 'finder', SECRET);
    const copied = await used.redis.hgetall(used.keys.vendorCredentials('acme'));
    await used.redis.hset(used.keys.vendorCredentials('globex'), copied);
    expect((await credentials(newer, sealing).open('acme')).get('finder')?.apiKey).toBe(SECRET);
    expect((await credentials(newer).open('acme')).get('finder')?.apiKey).toBe(SECRET);
    expect((await credentials(sealing).open('acme')).get('finder')?.apiKey).toBeNull();
    // Somebody copied it to another tenant.
    expect((await credentials(sealing).open('globex')).get('finder')?.apiKey).toBeNull();
  });
});
