import type { OwnCredentials } from '#libs/tenancy';
import { CredentialCache } from './credential-cache';

describe('tenants’ own keys in a worker', () => {
  function cacheOf(read: (tenantId: string) => Promise<OwnCredentials>) {
    const clock = { now: 0 };
    const lanes: string[] = [];
    const reads: string[] = [];
    const cache = new CredentialCache(
      {
        open: (tenantId) => {
          reads.push(tenantId);
          return read(tenantId);
        },
      },
      (vendor, tenantId) => lanes.push(`${vendor}.${tenantId}`),
      () => clock.now,
    );
    return { cache, clock, lanes, reads };
  }
  const own = (tenantId: string): Promise<OwnCredentials> =>
    Promise.resolve(new Map([['finder', { tenantId, apiKey: 'k' }]]));

  it('are read once for all that ask at the same time, and again within a minute', async () => {
    const { cache, clock, lanes, reads } = cacheOf(own);
    await Promise.all([cache.of('acme'), cache.of('acme'), cache.of('globex')]);
    expect(reads).toEqual(['acme', 'globex']);
    expect(lanes).toEqual(['finder.acme', 'finder.globex']);
    clock.now = 60_000;
    await cache.of('acme');
    expect(reads).toEqual(['acme', 'globex', 'acme']);
  });

  it('are not taken for none when they could not be read', async () => {
    let broken = true;
    const { cache } = cacheOf((tenantId) =>
      broken ? Promise.reject(new Error('Redis is gone')) : own(tenantId),
    );
    await expect(cache.of('acme')).rejects.toThrow('Redis is gone');
    broken = false;
    expect((await cache.of('acme')).size).toBe(1);
  });
});
