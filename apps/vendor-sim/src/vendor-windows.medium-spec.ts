import { SimulatorClient } from '../test/simulator-client';
import { ask, type RawAnswer } from '../test/raw-client';
import { openSimulator, type Simulator } from './simulator';

let simulator: Simulator;
let client: SimulatorClient;
beforeAll(async () => {
  simulator = await openSimulator(0);
  client = new SimulatorClient(simulator.url);
});
afterAll(() => simulator.close());
beforeEach(() => client.reset());

const apollo = (path: string, body?: unknown): Promise<RawAnswer> =>
  ask(simulator.url, {
    path: `/vendors/apollo/api/v1/${path}`,
    headers: { 'x-api-key': 'simulated-apollo' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
const enrich = (domain: string) => apollo(`organizations/enrich?domain=${domain}`);
const search = (domain: string) =>
  apollo('mixed_people/api_search', { q_organization_domains_list: [domain] });
const lusha = (path: string): Promise<RawAnswer> =>
  ask(simulator.url, { path: `/vendors/lusha${path}`, headers: { api_key: 'simulated-lusha' } });

describe('the headers of a vendor that says what is left', () => {
  it('stand at every answer, refusals included, and say when to come back', async () => {
    await client.control('DELETE', 'caps');
    await client.post('caps', {
      vendor: 'apollo',
      windows: [{ name: 'search_minute', limit: 2, lengthMs: 60_000 }],
    });
    expect((await search('a.example')).headers).toMatchObject({
      'x-rate-limit-minute': '2',
      'x-minute-usage': '1',
      'x-minute-requests-left': '1',
      'x-rate-limit-hourly': '400',
      'x-hourly-requests-left': '399',
      'x-rate-limit-24-hour': '2000',
      'x-24-hour-requests-left': '1999',
    });
    await search('b.example');
    const { status, headers } = await search('c.example');
    expect({ status, left: headers['x-minute-requests-left'] }).toEqual({ status: 429, left: '0' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(55);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
  });

  it('stand at answers that a fault has struck, and not at those to a wrong key', async () => {
    await client.control('DELETE', 'caps');
    await client.post('faults', { vendor: 'apollo', kind: 'rate_limit', retryAfter: '7', count: 1 });
    expect((await search('a.example')).headers).toMatchObject({
      'retry-after': '7',
      'x-rate-limit-minute': '200',
    });
    const path = '/vendors/apollo/api/v1/organizations/enrich?domain=a.example';
    const wrong = await ask(simulator.url, { path, headers: { 'x-api-key': 'wrong' } });
    expect(wrong).toMatchObject({ status: 401, body: 'Invalid API key.' });
    expect(wrong.headers['content-type']).toContain('text/plain');
    expect(Object.keys(wrong.headers).filter((name) => name.startsWith('x-rate'))).toEqual([]);
  });

  it('are the vendor’s own: nine at Lusha, by minute, hour and day', async () => {
    await client.control('DELETE', 'caps');
    const { headers } = await lusha('/v2/company?domain=gitlab.com');
    const told = Object.keys(headers).filter((name) => /rate-limit|requests-left|usage/.test(name));
    expect(told).toHaveLength(9);
    expect(headers['x-daily-requests-left']).toBe('17999');
  });
});

describe('windows of one operation', () => {
  it('hold for it alone', async () => {
    await client.post('caps', {
      vendor: 'apollo',
      windows: [{ name: 'search_minute', limit: 1, lengthMs: 60_000 }],
    });
    const statuses = [await search('a.example'), await search('b.example'), await enrich('a.example')];
    expect(statuses.map(({ status }) => status)).toEqual([200, 429, 200]);
  });
});

describe('an account out of credit', () => {
  it('is refused what costs, and still given what is free', async () => {
    await client.post('caps', { vendor: 'apollo', credits: 1 });
    expect(await enrich('gitlab.com')).toMatchObject({ status: 200 });
    expect(await enrich('gitlab.com')).toMatchObject({ status: 422 });
    expect(await search('gitlab.com')).toMatchObject({ status: 200 });
    await client.post('caps', { vendor: 'lusha', credits: 0 });
    expect(await lusha('/v2/company?domain=gitlab.com')).toMatchObject({ status: 402 });
  });
});

describe('the books', () => {
  it('know a person bought twice, however asked for', async () => {
    const named = { first_name: 'Ayesha', last_name: 'Lin', domain: 'gitlab.com' };
    await apollo('people/match', named);
    await apollo('people/match', { email: 'ayesha.lin@gitlab.com.invalid' });
    await apollo('people/bulk_match', { details: [named, { email: 'nobody@gitlab.com.invalid' }] });
    const { duplicates, duplicated, vendors } = await client.ledger();
    expect({ duplicates, op: duplicated[0]?.op }).toEqual({ duplicates: 1, op: 'find_email' });
    expect(vendors.apollo).toMatchObject({ calls: 3, units: 3 });
  });
});
