import { OPERATIONS, type Operation } from '#libs/contracts';
import { VENDORS } from './vendor-list';

describe('the list of vendors', () => {
  it('names each once', () => {
    const ids = VENDORS.map(({ descriptor }) => descriptor.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('serves every operation there is', () => {
    const served = VENDORS.flatMap(({ descriptor }) => descriptor.services.map(({ op }) => op));
    expect([...new Set(served)].sort()).toEqual((Object.keys(OPERATIONS) as Operation[]).sort());
  });

  it('gives no two vendors of an operation the same place in its waterfall', () => {
    const places = VENDORS.flatMap(({ descriptor }) =>
      descriptor.services.map(({ op, order }) => `${op} ${order}`),
    );
    expect(new Set(places).size).toBe(places.length);
  });
});

describe.each(VENDORS)('the descriptor of $descriptor.title', ({ descriptor, calls }) => {
  it('has an id that fits into keys, queue names and variables', () => {
    expect(descriptor.id).toMatch(/^[a-z0-9]{2,20}$/);
  });

  it('offers exactly what the vendor can be asked', () => {
    expect(descriptor.services.map(({ op }) => op).sort()).toEqual(Object.keys(calls).sort());
  });

  it('names its documentation, and an address of its own only over TLS', () => {
    expect(new URL(descriptor.docsUrl).protocol).toBe('https:');
    const { defaultBaseUrl } = descriptor;
    if (defaultBaseUrl !== null) expect(new URL(defaultBaseUrl).protocol).toBe('https:');
    expect(defaultBaseUrl === null).toBe(descriptor.auth === 'none');
  });

  it('has caps that can be kept', () => {
    const { concurrency, windows } = descriptor.cap;
    expect(concurrency).toBeGreaterThan(0);
    expect(new Set(windows.map(({ name }) => name)).size).toBe(windows.length);
    for (const { name, limit, lengthMs } of windows) {
      expect(name).toMatch(/^[a-z_]+$/);
      expect(Number.isInteger(limit) && limit > 0).toBe(true);
      expect(Number.isInteger(lengthMs) && lengthMs >= 1_000).toBe(true);
    }
  });

  it('reads headers of its own windows only, and refusals the same way every time', () => {
    const { cap, rateHeaders = [], refusals = [] } = descriptor;
    const names = cap.windows.map(({ name }) => name);
    for (const { window, limit, left, reset } of rateHeaders) {
      expect(names).toContain(window);
      const headers = [limit, left, reset?.header].filter((header) => header !== undefined);
      expect(headers).not.toEqual([]);
      for (const header of headers) expect(header).toMatch(/^[a-z0-9-]+$/);
    }
    // A global or sticky expression remembers where it was.
    for (const { says } of refusals) expect(says.flags).toMatch(/^i?$/);
  });

  it('ends a call before the 45 s that a company may take', () => {
    expect(descriptor.deadlineMs).toBeGreaterThanOrEqual(1_000);
    expect(descriptor.deadlineMs).toBeLessThan(45_000);
  });

  it.each(descriptor.services)(
    'sells $op on terms that make sense',
    ({ costPerUnitMicro, inDoubt, freshness }) => {
      expect(Number.isInteger(costPerUnitMicro) && costPerUnitMicro >= 0).toBe(true);
      // What costs is never bought a second time by itself.
      if (costPerUnitMicro > 0) expect(inDoubt).toBe('surface');
      expect(freshness.foundMs).toBeGreaterThanOrEqual(freshness.emptyMs);
      expect(freshness.emptyMs).toBeGreaterThan(0);
    },
  );
});
