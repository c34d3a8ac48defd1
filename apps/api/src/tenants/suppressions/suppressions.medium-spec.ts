import { randomBytes } from 'node:crypto';
import { AuditLog } from '#libs/audit';
import { useTestRedis } from '#libs/testing';
import { SuppressionNames } from '#libs/vendor-gate';
import { serveApi, type ServedApi } from '../../../test/served-api';

const PATH = '/api/tenants/me/suppressions';
const KEY = randomBytes(32).toString('base64');
const ENTRIES = [
  { kind: 'email', value: 'Ada.Canary@Acme.Example' },
  { kind: 'domain', value: 'https://www.globex.com/' },
  { kind: 'company', value: 'Initech GmbH' },
];

describe('the suppression list, over HTTP', () => {
  const used = useTestRedis();
  let api: ServedApi;

  beforeEach(async () => {
    api = await serveApi({ ORCHESTRATOR_OFFLINE: '1', LEADGEN_SUPPRESSION_KEY: KEY }, used);
  });

  afterEach(() => api.stop());

  it('is filled with what the gate asks for, and answers for its own tenant only', async () => {
    const added = await api.send('POST', PATH, { body: { entries: ENTRIES } });
    expect(added).toMatchObject({
      status: 200,
      body: { count: 3, data: [{ added: true }, { added: true }, { added: true }] },
    });
    const names = new SuppressionNames(KEY);
    const written = [
      names.nameOf('acme', { kind: 'email', value: 'ada.canary@acme.example' }),
      names.nameOf('acme', { kind: 'domain', value: 'globex.com' }),
      names.nameOf('acme', { kind: 'company', value: 'initech' }),
    ];
    expect(await used.redis.smismember(used.keys.suppressed('acme'), ...written)).toEqual([1, 1, 1]);
    const again = await api.send('POST', PATH, { body: { entries: ENTRIES } });
    expect(again.body).toMatchObject({
      count: 3,
      data: [{ added: false }, { added: false }, { added: false }],
    });
    const check = (tenant: string) =>
      api.send('POST', `${PATH}/check`, { tenant, body: { entries: ENTRIES } });
    expect((await check('acme')).body).toMatchObject({
      data: Array(3).fill({ suppressed: true }) as unknown[],
    });
    expect((await check('globex')).body).toMatchObject({
      data: Array(3).fill({ suppressed: false }) as unknown[],
    });
    expect((await api.send('GET', PATH, { tenant: 'globex' })).body).toEqual({ count: 0 });
  });

  it('lets go of whom it is told to, by the id it answered, and not of another tenant’s', async () => {
    const { body } = await api.send('POST', PATH, { body: { entries: ENTRIES } });
    const { data } = body as { data: { id: string }[] };
    const remove = (tenant: string, id: string) => api.send('DELETE', `${PATH}/${id}`, { tenant });
    expect((await remove('globex', data[0]?.id ?? '')).status).toBe(204);
    expect((await api.send('GET', PATH)).body).toEqual({ count: 3 });
    expect((await remove('acme', data[0]?.id ?? '')).status).toBe(204);
    expect((await remove('acme', 'nobody')).status).toBe(204);
    expect((await api.send('GET', PATH)).body).toEqual({ count: 2 });
  });

  it('keeps nobody’s name: neither Redis, nor the audit log, nor a refusal has it', async () => {
    await api.send('POST', PATH, { body: { entries: ENTRIES } });
    const { entries } = await new AuditLog(used.redis, used.keys).read({ tenantId: 'acme' });
    const stored = JSON.stringify([await used.redis.smembers(used.keys.suppressed('acme')), entries]);
    expect(entries.map(({ action }) => action)).toEqual(['suppressions.added']);
    expect(stored).not.toMatch(/canary|globex|initech/i);
    const refused = await api.send('POST', PATH, { body: { entries: [{ kind: 'email', value: 'canary' }] } });
    expect(refused).toMatchObject({
      status: 400,
      body: { detail: expect.stringMatching(/^entries\.0: /) as string },
    });
    expect(JSON.stringify(refused.body)).not.toContain('canary');
  });

  it.each([
    {},
    { entries: [] },
    { entries: [{ kind: 'phone', value: '1' }] },
    { entries: [{ kind: 'email' }] },
    { entries: [[]] },
    { entries: Array.from({ length: 1_001 }, (_, i) => ({ kind: 'email', value: `a${i}@b.com` })) },
  ])('refuses what is no list of entries', async (body) => {
    expect((await api.send('POST', PATH, { body })).status).toBe(400);
  });
});
