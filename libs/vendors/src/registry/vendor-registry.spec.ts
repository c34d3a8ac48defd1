import type { Vendor, VendorContext, VendorDescriptor } from '../vendor.port';
import { createVendorRegistry, type VendorRegistryOptions } from './vendor-registry';

const DAY_MS = 86_400_000;

function descriptor(id: string, order: number, more: Partial<VendorDescriptor> = {}): VendorDescriptor {
  return {
    id,
    title: id,
    docsUrl: 'https://docs.example',
    auth: 'query',
    defaultBaseUrl: `https://${id}.example`,
    cap: { concurrency: 1, windows: [] },
    deadlineMs: 1_000,
    services: [
      {
        op: 'verify_email',
        order,
        costPerUnitMicro: 1,
        inDoubt: 'surface',
        freshness: { foundMs: DAY_MS, emptyMs: DAY_MS },
      },
    ],
    ...more,
  };
}

/** A vendor that remembers what it was asked with. */
function vendor(id: string, order = 100, value: unknown = { email: 'a@b.example', verdict: 'valid' }) {
  const contexts: VendorContext[] = [];
  const made: Vendor = {
    descriptor: descriptor(id, order),
    calls: {
      verify_email: async (_, context) => {
        contexts.push(context);
        return { readings: [{ window: 'minute', left: 3 }], kind: 'ok', value: value as never, units: 1 };
      },
    },
  };
  return { vendor: made, contexts };
}

const signal = new AbortController().signal;

async function withRegistry<T>(
  options: Partial<VendorRegistryOptions>,
  use: (registry: ReturnType<typeof createVendorRegistry>) => T | Promise<T>,
): Promise<T> {
  const registry = createVendorRegistry({ access: {}, offline: false, ...options });
  try {
    return await use(registry);
  } finally {
    await registry.close();
  }
}

describe('which vendors can be asked', () => {
  it('are those with a key, in their order, then by id', async () => {
    const vendors = [vendor('late', 200), vendor('bravo'), vendor('alpha'), vendor('keyless', 1)];
    const access = { late: { apiKey: 'k' }, bravo: { apiKey: 'k' }, alpha: { apiKey: 'k' } };
    const waterfall = await withRegistry(
      { vendors: vendors.map(({ vendor: made }) => made), access },
      (registry) => registry.waterfall('verify_email'),
    );
    expect(waterfall).toEqual(['alpha', 'bravo', 'late']);
  });

  it('are, for whoever has a key of its own, those as well, asked with that key and not with the platform’s', async () => {
    const [alpha, keyless] = [vendor('alpha'), vendor('keyless', 1)];
    const options = { vendors: [alpha.vendor, keyless.vendor], access: { alpha: { apiKey: 'platform' } } };
    await withRegistry(options, async (registry) => {
      expect(registry.waterfall('verify_email', new Set(['keyless']))).toEqual(['keyless', 'alpha']);
      const ask = (id: string, apiKey?: string | null) =>
        registry.call(
          id,
          'verify_email',
          { email: 'a@b.example' },
          { signal, ...(apiKey !== undefined && { apiKey }) },
        );
      expect((await ask('keyless', 'own')).kind).toBe('ok');
      expect((await ask('alpha', 'own')).kind).toBe('ok');
      expect((await ask('alpha')).kind).toBe('ok');
      expect((await ask('alpha', null)).kind).toBe('auth_failed');
      expect((await ask('keyless')).kind).toBe('auth_failed');
      expect(keyless.contexts.map(({ apiKey }) => apiKey)).toEqual(['own']);
      expect(alpha.contexts.map(({ apiKey }) => apiKey)).toEqual(['own', 'platform']);
    });
    await withRegistry({ ...options, offline: true }, async (registry) => {
      expect(registry.waterfall('verify_email', new Set(['keyless']))).toEqual([]);
      const asked = registry.call(
        'keyless',
        'verify_email',
        { email: 'a@b.example' },
        { signal, apiKey: 'own' },
      );
      expect((await asked).kind).toBe('auth_failed');
    });
  });

  it.each([
    ['no key', {}, false, 'set VENDOR_ACME_API_KEY'],
    ['a key', { apiKey: 'k' }, false, null],
    ['a key, offline', { apiKey: 'k' }, true, "offline: set VENDOR_ACME_BASE_URL to the simulator's address"],
    [
      'its own address, offline',
      { apiKey: 'k', baseUrl: 'https://acme.example/v2' },
      true,
      "offline: set VENDOR_ACME_BASE_URL to the simulator's address",
    ],
    ['the simulator’s address, offline', { apiKey: 'k', baseUrl: 'http://127.0.0.1:9' }, true, null],
  ])('is said of one with %s, and what to set', async (_, acme, offline, reason) => {
    const [standing] = await withRegistry(
      { vendors: [vendor('acme').vendor], access: { acme }, offline },
      (registry) => registry.standings(),
    );
    expect(standing).toMatchObject({ usable: reason === null, reason });
  });

  it('does not send a word to one that cannot be asked', async () => {
    const { vendor: acme, contexts } = vendor('acme');
    const access = { acme: { apiKey: 'k' } };
    const outcome = await withRegistry({ vendors: [acme], access, offline: true }, (registry) =>
      registry.call('acme', 'verify_email', { email: 'a@b.example' }, { signal }),
    );
    expect(outcome).toEqual({ kind: 'auth_failed' });
    expect(contexts).toEqual([]);
  });
});

describe('a base URL', () => {
  it.each([
    'ftp://acme.example',
    'acme.example',
    'https://user:canary-secret@acme.example',
    'https://acme.example?key=canary-secret',
    'https://acme.example/#x',
    '',
  ])('of %j is refused, without repeating it', (baseUrl) => {
    const create = () =>
      createVendorRegistry({
        access: { acme: { baseUrl } },
        offline: false,
        vendors: [vendor('acme').vendor],
      });
    expect(create).toThrow(/VENDOR_ACME_BASE_URL is not a base URL/);
    expect(create).not.toThrow(/canary-secret/);
  });
});

describe('a call', () => {
  const access = { acme: { apiKey: 'k', baseUrl: 'http://127.0.0.1:9/base' } };

  it('has the vendor’s own key, address and deadline', async () => {
    const { vendor: acme, contexts } = vendor('acme');
    await withRegistry({ vendors: [acme], access }, (registry) =>
      registry.call('acme', 'verify_email', { email: 'a@b.example' }, { signal }),
    );
    expect(contexts).toMatchObject([
      { apiKey: 'k', baseUrl: new URL('http://127.0.0.1:9/base'), deadlineMs: 1_000 },
    ]);
  });

  it('answers nothing that the operation does not promise', async () => {
    const { vendor: acme } = vendor('acme', 100, { email: 'a@b.example', verdict: 'splendid' });
    const outcome = await withRegistry({ vendors: [acme], access }, (registry) =>
      registry.call('acme', 'verify_email', { email: 'a@b.example' }, { signal }),
    );
    expect(outcome).toEqual({
      kind: 'bad_response',
      detail: expect.stringMatching(/^verdict: /),
      readings: [{ window: 'minute', left: 3 }],
    });
  });

  it('of a vendor or operation that does not exist is a mistake of the caller', async () => {
    await withRegistry({ vendors: [vendor('acme').vendor], access }, async (registry) => {
      await expect(
        registry.call('nobody', 'verify_email', { email: 'a@b.example' }, { signal }),
      ).rejects.toThrow(RangeError);
      expect(() => registry.service('acme', 'crawl_website')).toThrow(RangeError);
    });
  });

  it('knows a vendor by the deployment’s own plan, and refuses a plan with nobody', async () => {
    const vendors = [vendor('acme').vendor];
    await withRegistry({ vendors, access, overrides: { acme: { concurrency: 3 } } }, (registry) => {
      expect(registry.descriptor('acme').cap.concurrency).toBe(3);
    });
    const overrides = { nobody: {} };
    expect(() => createVendorRegistry({ vendors, access, overrides, offline: false })).toThrow(
      'there is no vendor nobody, but acme',
    );
  });

  it.each(['__proto__', 'constructor', 'toString'])('is not taken in by an access named %s', async (id) => {
    const { vendor: odd } = vendor(id);
    await withRegistry({ vendors: [odd] }, (registry) => {
      expect(registry.standings()).toMatchObject([{ usable: false }]);
    });
  });
});
