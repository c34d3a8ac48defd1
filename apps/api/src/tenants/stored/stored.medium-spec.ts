import { AuditLog } from '#libs/audit';
import { EXCLUSIONS_MAX } from '#libs/contracts';
import { useTestRedis } from '#libs/testing';
import { serveApi, type ApiAnswer, type ServedApi } from '../../../test/served-api';

const ICP = '/api/tenants/me/icp';
const PROFILE = '/api/tenants/me/profile';
const EXCLUSIONS = '/api/tenants/me/exclusions';

describe('what a tenant stores, over HTTP', () => {
  const used = useTestRedis();
  let api: ServedApi;

  beforeEach(async () => {
    api = await serveApi({ ORCHESTRATOR_OFFLINE: '1' }, used);
  });

  afterEach(() => api.stop());

  const etag = ({ headers }: ApiAnswer): string => headers.get('etag') ?? '';
  const put = (path: string, body: unknown, ifMatch?: string): Promise<ApiAnswer> =>
    api.send('PUT', path, { body, ...(ifMatch !== undefined && { headers: { 'if-match': ifMatch } }) });

  it('is nothing before it is put, and then what was put, for this tenant only', async () => {
    expect((await api.send('GET', ICP)).body).toEqual({ icp: null, updated_at: null });
    const icp = { industries: ['SaaS'], employees: { min: 10 }, titles: ['CEO'] };
    expect(await put(ICP, { icp })).toMatchObject({ status: 200, body: { icp } });
    expect((await api.send('GET', ICP)).body).toEqual({
      icp,
      updated_at: expect.stringMatching(/Z$/) as string,
    });
    expect((await api.send('GET', ICP, { tenant: 'globex' })).body).toMatchObject({ icp: null });
    expect((await put(ICP, { icp: null })).body).toMatchObject({ icp: null });
  });

  it('is checked by the rules of an ICP, and by the shape of a profile', async () => {
    expect(await put(ICP, { icp: { industries: ['softwar'] } })).toMatchObject({
      status: 400,
      body: { code: 'invalid_icp', detail: expect.stringContaining('software') as string },
    });
    for (const [path, body] of [
      [ICP, {}],
      [ICP, { icp: [] }],
      [ICP, { icp: {}, more: 1 }],
      [PROFILE, { name: 1 }],
      [PROFILE, { name: 'x'.repeat(201) }],
      [EXCLUSIONS, { entries: [{ kind: 'enemy', domain: 'acme.com' }] }],
      [EXCLUSIONS, { entries: [{ kind: 'customer', domain: 'nowhere' }] }],
      [EXCLUSIONS, { entries: [{ kind: 'customer' }] }],
      [EXCLUSIONS, { entries: [[]] }],
    ] as const) {
      expect(await put(path, body)).toMatchObject({ status: 400 });
    }
    const profile = { name: 'Acme', website: 'acme.com', offering: 'rockets', text: null };
    expect((await put(PROFILE, profile)).body).toMatchObject(profile);
    expect((await put(PROFILE, { name: 'Acme' })).body).toMatchObject({ name: 'Acme', offering: null });
  });

  it('is never overwritten unseen: of two that read the same, the second is refused', async () => {
    for (const [path, body] of [
      [ICP, { icp: {} }],
      [PROFILE, {}],
      [EXCLUSIONS, { entries: [{ kind: 'customer', domain: 'a.com' }] }],
    ] as const) {
      const read = etag(await api.send('GET', path));
      expect(read).toBe('"0"');
      const both = await Promise.all([put(path, body, read), put(path, body, read)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
      expect((await put(path, body, etag(await api.send('GET', path)))).status).toBe(200);
      expect((await put(path, body, 'W/"x"')).status).toBe(400);
      expect((await put(path, body)).status).toBe(200);
    }
  });

  it('lists exclusions page by page, each company once', async () => {
    const add = (entries: unknown[]): Promise<ApiAnswer> =>
      api.send('POST', EXCLUSIONS, { body: { entries } });
    const numbered = (i: number) => ({ kind: 'customer', domain: `company${i}.com` });
    await add(Array.from({ length: 120 }, (_, i) => numbered(i)));
    const again = await add([
      { kind: 'competitor', domain: 'https://www.company7.com/' },
      { kind: 'other', name: 'Globex GmbH' },
    ]);
    expect(again).toMatchObject({ status: 200, body: { count: 121 } });
    const seen = new Map<string, { id: string; kind: string }>();
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await api.send('GET', `${EXCLUSIONS}?limit=50${cursor && `&cursor=${cursor}`}`);
      const page = body as {
        data: { id: string; kind: string; domain: string | null }[];
        next_cursor: string | null;
      };
      for (const entry of page.data) seen.set(entry.domain ?? 'Globex', entry);
      cursor = page.next_cursor;
    }
    expect(seen.size).toBe(121);
    expect(seen.get('company7.com')?.kind).toBe('competitor');
    const id = seen.get('Globex')?.id ?? '';
    expect((await api.send('DELETE', `${EXCLUSIONS}/${id}`, { tenant: 'globex' })).status).toBe(204);
    expect((await api.send('GET', EXCLUSIONS)).body).toMatchObject({ count: 121 });
    expect((await api.send('DELETE', `${EXCLUSIONS}/${id}`)).status).toBe(204);
    expect((await api.send('GET', EXCLUSIONS)).body).toMatchObject({ count: 120 });
  });

  it('takes no list that is too long, and then leaves the old one whole', async () => {
    for (let start = 0; start < EXCLUSIONS_MAX; start += 1_000) {
      const entries = Array.from({ length: 1_000 }, (_, i) => ({
        kind: 'other',
        domain: `c${start + i}.com`,
      }));
      expect((await api.send('POST', EXCLUSIONS, { body: { entries } })).status).toBe(200);
    }
    const one = (domain: string): Promise<ApiAnswer> =>
      api.send('POST', EXCLUSIONS, { body: { entries: [{ kind: 'other', domain }] } });
    expect(await one('onemore.com')).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect((await one('c1.com')).status).toBe(200);
    expect((await api.send('GET', EXCLUSIONS)).body).toMatchObject({ count: EXCLUSIONS_MAX });
  });

  it('leaves a record of who changed it', async () => {
    await put(ICP, { icp: {} });
    await put(PROFILE, {});
    await put(EXCLUSIONS, { entries: [] });
    const { entries } = await new AuditLog(used.redis, used.keys).read({ tenantId: 'acme' });
    expect(entries.map(({ action }) => action)).toEqual([
      'tenant.exclusions_changed',
      'tenant.profile_changed',
      'tenant.icp_changed',
    ]);
    expect(entries[0]?.actor).toMatch(/^key:/);
  });
});
