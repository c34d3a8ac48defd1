import { RunRepository } from '#libs/run-state';
import { serveApi, type ServedApi } from '../../test/served-api';

describe('a Redis that takes nothing more', () => {
  let api: ServedApi;
  beforeAll(async () => {
    api = await serveApi();
    await api.authorization('acme');
  });
  afterAll(() => api.stop());

  const start = (): ReturnType<ServedApi['ask']> =>
    api.ask('acme', '/api/orchestrations', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: 'run full pipeline' }),
    });

  it('is told as such, with when to come back, on every route, and nothing is half done', async () => {
    const { body } = await start();
    const id = String(body.run_id);
    expect(await api.redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    await api.redis.config('SET', 'maxmemory', '1');
    const asked: (() => ReturnType<ServedApi['ask']>)[] = [
      start,
      () => api.ask('acme', `/api/orchestrations/${id}`),
      () => api.ask('acme', `/api/orchestrations/${id}/cancel`, { method: 'POST' }),
    ];
    for (const ask of asked) {
      const { status, headers, body: problem } = await ask();
      expect([status, problem.code, headers.get('retry-after')]).toEqual([503, 'redis_full', '30']);
    }
    await api.redis.config('SET', 'maxmemory', '0');
    const runs = new RunRepository(api.redis, api.keys);
    expect(await runs.runsOfTenant('acme')).toEqual([id]);
    expect(await runs.state({ tenantId: 'acme', runId: id })).toBe('queued');
    expect((await api.ask('acme', `/api/orchestrations/${id}`)).status).toBe(200);
  });
});
