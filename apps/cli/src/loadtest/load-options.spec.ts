import { LOADTEST_DEFAULTS, parseLoadOptions, type RawLoadOptions } from './load-options';

const raw = (changes: Partial<RawLoadOptions> = {}): RawLoadOptions => ({
  ...LOADTEST_DEFAULTS,
  tenantId: 'acme',
  ...changes,
});

describe('the options of a load test', () => {
  it('are ten runs, one at a time, in the cell itself', () => {
    expect(parseLoadOptions(raw())).toEqual({
      tenantId: 'acme',
      iterations: 10,
      concurrency: 1,
      apiUrl: undefined,
      payloadsFile: undefined,
      limit: 10,
      timeoutMs: 900_000,
      sameLeads: false,
    });
  });

  it('take the address of an API with or without a slash at its end', () => {
    expect(parseLoadOptions(raw({ via: 'api', baseUrl: 'https://leads.example.com/' })).apiUrl).toBe(
      'https://leads.example.com',
    );
  });

  it.each<[Partial<RawLoadOptions>, RegExp]>([
    [{ tenantId: '' }, /pass --tenant-id/],
    [{ iterations: '0' }, /--iterations "0": give a whole number from 1 to 10000/],
    [{ concurrency: '1e3' }, /--concurrency "1e3"/],
    [{ via: 'chat' }, /--via chat: use cli or api/],
    [{ via: 'api' }, /--via api needs --base-url/],
    [{ via: 'api', baseUrl: 'ftp://x' }, /--via api needs --base-url/],
  ])('%j are refused, naming the flag', (changes, message) => {
    expect(() => parseLoadOptions(raw(changes))).toThrow(message);
  });
});
