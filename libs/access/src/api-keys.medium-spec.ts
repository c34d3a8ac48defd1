import { SCOPES } from '#libs/contracts';
import { useTestRedis, waitUntil } from '#libs/testing';
import { ApiKeys } from './api-keys.repository';

const HOUR_MS = 3_600_000;

describe('tenants’ keys on a real Redis', () => {
  const cell = useTestRedis();
  let apiKeys: ApiKeys;

  beforeEach(() => {
    apiKeys = new ApiKeys(cell.redis, cell.keys);
  });

  const issue = (options: Partial<Parameters<ApiKeys['issue']>[0]> = {}): ReturnType<ApiKeys['issue']> =>
    apiKeys.issue({ tenantId: 'acme', environment: 'live', ...options });
  const ended = async (text: string): Promise<boolean> => (await apiKeys.verify(text)) === undefined;

  it('are known by their text, and Redis does not have it', async () => {
    const { id, text } = await issue({ scopes: ['orchestrations:read'] });
    expect(text).toMatch(/^lg_live_[a-z2-7]{16}_[\w-]{43}$/);
    expect(await apiKeys.verify(text)).toEqual({
      tenantId: 'acme',
      actor: `key:${id}`,
      scopes: ['orchestrations:read'],
    });
    const stored = JSON.stringify(await cell.redis.hgetall(cell.keys.apiKey(id)));
    expect(stored).not.toContain(text.slice(-43));
  });

  it.each<[string, (text: string) => string]>([
    ['nothing', () => ''],
    ['another secret', (text) => `${text.slice(0, -43)}${'A'.repeat(43)}`],
    ['another id', (text) => text.replace(/_[a-z2-7]{16}_/, `_${'a'.repeat(16)}_`)],
    ['another environment', (text) => text.replace('lg_live_', 'lg_test_')],
    ['a secret that is cut', (text) => text.slice(0, -1)],
    ['a secret that goes on', (text) => `${text}A`],
    ['pieces of Redis’s language', () => 'lg_live_*_*'],
  ])('are not known by %s', async (_what, forge) => {
    const { text } = await issue();
    expect(await ended(forge(text))).toBe(true);
  });

  it('end by themselves, at once when revoked, and are listed for a while', async () => {
    const lasting = await issue();
    const short = await issue({ lifetimeMs: 150 });
    const revoked = await issue({ lifetimeMs: HOUR_MS, scopes: ['tenant:read'] });
    expect(await apiKeys.revoke('acme', revoked.id)).toBe(true);
    expect(await apiKeys.revoke('acme', revoked.id)).toBe(false);
    expect(await ended(revoked.text)).toBe(true);
    await waitUntil(() => ended(short.text), { timeoutMs: 20_000, what: 'the short key ends' });
    const listed = await apiKeys.list('acme');
    expect(new Map(listed.map(({ id, state }) => [id, state]))).toEqual(
      new Map([
        [revoked.id, 'revoked'],
        [short.id, 'expired'],
        [lasting.id, 'active'],
      ]),
    );
    expect(listed.find(({ id }) => id === lasting.id)).toEqual({
      id: lasting.id,
      environment: 'live',
      scopes: SCOPES,
      state: 'active',
      createdAt: expect.stringMatching(/^\d{4}-/),
      expiresAt: null,
      revokedAt: null,
      lastUsedAt: null,
    });
    expect(JSON.stringify(listed)).not.toMatch(/hash/);
    expect(await cell.redis.ttl(cell.keys.apiKey(revoked.id))).toBeGreaterThan(89 * 86_400);
    expect(await cell.redis.ttl(cell.keys.apiKey(lasting.id))).toBe(-1);
  });

  it('leave the list with their record', async () => {
    const { id } = await issue();
    await cell.redis.del(cell.keys.apiKey(id));
    expect(await apiKeys.list('acme')).toEqual([]);
    expect(await cell.redis.zcard(cell.keys.tenantApiKeys('acme'))).toBe(0);
  });

  it('are rotated: the next one has the same scopes and lifetime, the old one is good for the overlap only', async () => {
    const old = await issue({ scopes: ['datasets:write'], lifetimeMs: HOUR_MS });
    const next = await apiKeys.rotate({
      tenantId: 'acme',
      id: old.id,
      environment: 'live',
      overlapMs: 1_000,
    });
    expect(await apiKeys.verify(next.text)).toMatchObject({ tenantId: 'acme', scopes: ['datasets:write'] });
    const listed = new Map((await apiKeys.list('acme')).map((key) => [key.id, key]));
    const lifetime =
      Date.parse(listed.get(next.id)?.expiresAt ?? '') - Date.parse(listed.get(next.id)?.createdAt ?? '');
    expect(lifetime).toBe(HOUR_MS);
    expect(listed.get(old.id)?.expiresAt).toBe(next.oldEndsAt);
    await waitUntil(() => ended(old.text), { timeoutMs: 20_000, what: 'the overlap is over' });
    expect(await ended(next.text)).toBe(false);
    const again = apiKeys.rotate({ tenantId: 'acme', id: old.id, environment: 'live', overlapMs: 0 });
    await expect(again).rejects.toMatchObject({
      code: 'key_not_found',
      message: expect.stringMatching(/ended/),
    });
  });

  it('never live longer by a rotation than they would have', async () => {
    const old = await issue({ lifetimeMs: 1_000 });
    await apiKeys.rotate({ tenantId: 'acme', id: old.id, environment: 'live', overlapMs: HOUR_MS });
    await waitUntil(() => ended(old.text), { timeoutMs: 20_000, what: 'the old key ends as it would have' });
  });

  it('are their own tenant’s to revoke, rotate and see', async () => {
    const { id, text } = await issue();
    await expect(apiKeys.revoke('globex', id)).rejects.toMatchObject({ code: 'key_not_found' });
    const rotated = apiKeys.rotate({ tenantId: 'globex', id, environment: 'live', overlapMs: 0 });
    await expect(rotated).rejects.toMatchObject({ code: 'key_not_found' });
    await expect(apiKeys.revoke('acme', '../x')).rejects.toMatchObject({ code: 'key_not_found' });
    expect(await apiKeys.list('globex')).toEqual([]);
    expect(await ended(text)).toBe(false);
  });

  it('have one next one each time that two people rotate at once, and a revocation beside it holds', async () => {
    const { id, text } = await issue();
    const other = new ApiKeys(await cell.connect(), cell.keys);
    const rotate = (client: ApiKeys): Promise<unknown> =>
      client.rotate({ tenantId: 'acme', id, environment: 'live', overlapMs: 0 });
    const rotated = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => rotate(i % 2 ? apiKeys : other)),
    );
    expect(rotated.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await ended(text)).toBe(true);
    expect((await apiKeys.list('acme')).filter(({ state }) => state === 'active')).toHaveLength(1);
  });

  it('open nothing that a later release may have written into them', async () => {
    const { id, text } = await issue();
    await cell.redis.hset(cell.keys.apiKey(id), 'scopes', '["tenant:read","everything"]');
    expect((await apiKeys.verify(text))?.scopes).toEqual(['tenant:read']);
  });
});
