import { AppError } from '#libs/kernel';
import { useTestRedis } from '#libs/testing';
import { ApiKeys } from './api-keys.repository';
import { RequestAdmission, type Admission, type AdmissionLimits } from './request-admission';

const LIMITS: AdmissionLimits = { ratePerMinute: 60, runsPerMinute: 5, badKeysPerMinute: 3 };
const HERE = '203.0.113.7';

describe('the admission of requests on a real Redis', () => {
  const cell = useTestRedis();
  let apiKeys: ApiKeys;
  let admission: RequestAdmission;

  beforeEach(() => {
    apiKeys = new ApiKeys(cell.redis, cell.keys);
    admission = admissionWith({});
  });

  const admissionWith = (limits: Partial<AdmissionLimits>, redis = cell.redis): RequestAdmission =>
    new RequestAdmission(redis, cell.keys, { ...LIMITS, ...limits });
  const issue = async (): Promise<string> =>
    (await apiKeys.issue({ tenantId: 'acme', environment: 'live', scopes: ['tenant:read'] })).text;
  const refusal = async (asked: Promise<unknown>): Promise<AppError> => {
    const error: unknown = await asked.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(AppError);
    return error as AppError;
  };
  const codes = async (asked: Promise<unknown>[]): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const result of await Promise.allSettled(asked)) {
      const code = result.status === 'fulfilled' ? 'admitted' : (result.reason as AppError).code;
      counts[code] = (counts[code] ?? 0) + 1;
    }
    return counts;
  };
  const bad = `lg_live_${'a'.repeat(16)}_${'A'.repeat(43)}`;

  it('tells whose a key is, what it may and how much of the minute is left', async () => {
    const text = await issue();
    const first = await admission.byKey(text, HERE, 'request');
    expect(first).toEqual({
      caller: { tenantId: 'acme', actor: expect.stringMatching(/^key:/), scopes: ['tenant:read'] },
      rate: { limit: 60, remaining: 59, resetS: 1 },
    });
    expect((await admission.byKey(text, HERE, 'request')).rate.remaining).toBe(58);
  });

  it('admits no more than the limit whatever two processes ask at once, says when to come again, and keeps to that', async () => {
    const text = await issue();
    const other = admissionWith({}, await cell.connect());
    const asked = Array.from({ length: 150 }, (_, i) =>
      (i % 2 ? admission : other).byKey(text, HERE, 'request'),
    );
    const counts = await codes(asked);
    // One more comes free each second, so that a slow machine admits some.
    expect(counts.admitted).toBeGreaterThanOrEqual(60);
    expect(counts.admitted).toBeLessThan(90);
    expect(counts.rate_limited).toBe(150 - (counts.admitted ?? 0));
    const error = await refusal(admission.byKey(text, HERE, 'run'));
    expect(error).toMatchObject({ code: 'rate_limited', context: { rate_limit: 60 } });
    expect(error.context.retry_after_s).toBeGreaterThanOrEqual(1);
    expect(error.context.retry_after_s).toBeLessThanOrEqual(2);
  });

  it('counts requests that start runs for themselves as well, and shows the figure that is nearer its end', async () => {
    const text = await issue();
    const asked = await Promise.all(Array.from({ length: 5 }, () => admission.byKey(text, HERE, 'run')));
    expect(asked.at(-1)?.rate).toMatchObject({ limit: 5, remaining: 0 });
    expect(await refusal(admission.byKey(text, HERE, 'run'))).toMatchObject({ context: { rate_limit: 5 } });
    // A refused one cost nothing.
    expect((await admission.byKey(text, HERE, 'request')).rate).toMatchObject({ limit: 60, remaining: 54 });
  });

  it('keeps one key’s requests from another’s, also of the same tenant', async () => {
    const [one, two] = [await issue(), await issue()];
    await Promise.all(Array.from({ length: 5 }, () => admission.byKey(one, HERE, 'run')));
    await refusal(admission.byKey(one, HERE, 'run'));
    expect((await admission.byKey(two, HERE, 'run')).rate.remaining).toBe(4);
  });

  it('answers so many invalid keys of an address, then 429; another address and a valid key are not concerned', async () => {
    const text = await issue();
    const tries = [bad, 'nonsense', text.slice(0, -43) + 'A'.repeat(43), bad, bad];
    const seen: string[] = [];
    for (const key of tries) seen.push((await refusal(admission.byKey(key, HERE, 'request'))).code);
    expect(seen).toEqual([
      'unauthenticated',
      'unauthenticated',
      'unauthenticated',
      'rate_limited',
      'rate_limited',
    ]);
    const error = await refusal(admission.refuse(HERE));
    expect(error).toMatchObject({ code: 'rate_limited' });
    expect(error.context.retry_after_s).toBeGreaterThan(50);
    expect(error.context.retry_after_s).toBeLessThanOrEqual(60);
    expect(await refusal(admission.byKey(bad, '198.51.100.1', 'request'))).toMatchObject({
      code: 'unauthenticated',
    });
    expect((await admission.byKey(text, HERE, 'request')).caller.tenantId).toBe('acme');
    expect(await cell.redis.pttl(cell.keys.badKeys(HERE))).toBeGreaterThan(0);
  });

  it('lets nobody use up a key’s requests who knows its id only', async () => {
    const text = await issue();
    const forged = text.slice(0, -43) + 'A'.repeat(43);
    await codes(Array.from({ length: 100 }, () => admission.byKey(forged, HERE, 'run')));
    expect((await admission.byKey(text, HERE, 'run')).rate.remaining).toBe(4);
  });

  it('feels a revocation with the next request', async () => {
    const { id, text } = await apiKeys.issue({ tenantId: 'acme', environment: 'live' });
    await admission.byKey(text, HERE, 'request');
    await apiKeys.revoke('acme', id);
    expect(await refusal(admission.byKey(text, HERE, 'request'))).toMatchObject({ code: 'unauthenticated' });
  });

  it('notes when a key was last used, at most once a minute', async () => {
    const { id, text } = await apiKeys.issue({ tenantId: 'acme', environment: 'live' });
    const lastUsed = async (): Promise<string | null | undefined> =>
      (await apiKeys.list('acme'))[0]?.lastUsedAt;
    expect(await lastUsed()).toBeNull();
    await admission.byKey(text, HERE, 'request');
    const first = await lastUsed();
    expect(Date.parse(first ?? '')).not.toBeNaN();
    await admission.byKey(text, HERE, 'request');
    expect(await lastUsed()).toBe(first);
    await cell.redis.hincrby(cell.keys.apiKey(id), 'last_used_at', -60_000);
    await admission.byKey(text, HERE, 'request');
    expect(Date.parse((await lastUsed()) ?? '')).toBeGreaterThanOrEqual(Date.parse(first ?? ''));
  });

  it('limits who has proven by a token who it is like the holder of a key', async () => {
    const caller = { tenantId: 'acme', actor: 'jwt:robot', scopes: ['tenant:read'] as const };
    const admitted: Admission = await admission.proven(caller, HERE, 'run');
    expect(admitted).toMatchObject({ caller, rate: { limit: 5, remaining: 4 } });
    const counts = await codes(Array.from({ length: 10 }, () => admission.proven(caller, HERE, 'run')));
    expect(counts).toEqual({ admitted: 4, rate_limited: 6 });
  });

  it('leaves nothing behind that does not go by itself', async () => {
    const text = await issue();
    await admission.byKey(text, HERE, 'run');
    await refusal(admission.byKey(bad, HERE, 'request'));
    const lasting: string[] = [];
    for (const key of await cell.redis.keys('*bucket1*'))
      if ((await cell.redis.pttl(key)) < 0) lasting.push(key);
    for (const key of await cell.redis.keys('*bad-keys1*'))
      if ((await cell.redis.pttl(key)) < 0) lasting.push(key);
    expect(lasting).toEqual([]);
  });
});
