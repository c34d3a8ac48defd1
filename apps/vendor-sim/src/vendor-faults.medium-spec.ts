import { constants, gunzipSync } from 'node:zlib';
import { ask, type RawRequest } from '../test/raw-client';
import { SimulatorClient } from '../test/simulator-client';
import { FAULT_KINDS, type FaultKind } from './control/fault-plan';
import type { LedgerReport } from './control/ledger-report';
import { openSimulator, type Simulator } from './simulator';

let simulator: Simulator;
let client: SimulatorClient;
beforeAll(async () => {
  simulator = await openSimulator(0);
  client = new SimulatorClient(simulator.url);
});
afterAll(() => simulator.close());
beforeEach(() => client.reset());

const DOMAIN = 'faults.example';
const bought = ({ vendors }: LedgerReport): number => vendors.hunter?.calls ?? 0;

/** Of a vendor that is asked by POST. */
const match = (options: Partial<RawRequest> = {}) =>
  ask(simulator.url, {
    method: 'POST',
    path: '/vendors/apollo/api/v1/people/match',
    headers: { 'x-api-key': 'simulated-apollo', 'content-type': 'application/json' },
    body: JSON.stringify({ first_name: 'Ayesha', last_name: 'Lin', domain: 'gitlab.com' }),
    ...options,
  });

describe('a fault as a client sees it', () => {
  const EXPECTED: Readonly<Record<FaultKind, { end: string; status: number | null; hasEffect: boolean }>> = {
    rate_limit: { end: 'answered', status: 403, hasEffect: false },
    quota: { end: 'answered', status: 429, hasEffect: false },
    server_error: { end: 'answered', status: 500, hasEffect: false },
    timeout_before_effect: { end: 'given_up', status: null, hasEffect: false },
    timeout_after_effect: { end: 'given_up', status: null, hasEffect: true },
    drip: { end: 'given_up', status: 200, hasEffect: true },
    garbage: { end: 'answered', status: 200, hasEffect: true },
    huge: { end: 'given_up', status: 200, hasEffect: true },
    reset: { end: 'reset', status: null, hasEffect: true },
    drip_headers: { end: 'given_up', status: null, hasEffect: true },
    redirect: { end: 'answered', status: 302, hasEffect: false },
  };

  it.each(FAULT_KINDS)('%s strikes once, and its effect is in the books or not', async (kind) => {
    const { hasEffect, ...expected } = EXPECTED[kind];
    await client.post('faults', { vendor: 'hunter', kind, count: 1 });
    const struck = await client.search(DOMAIN, { patienceMs: 1_200, bytesMax: 6_000_000 });
    expect(struck).toMatchObject(expected);
    expect(bought(await client.ledger())).toBe(hasEffect ? 1 : 0);
    await expect(client.search(DOMAIN)).resolves.toMatchObject({ end: 'answered', status: 200 });
    expect(bought(await client.ledger())).toBe(hasEffect ? 2 : 1);
  });

  it.each(FAULT_KINDS)('%s strikes what is posted, too', async (kind) => {
    const { hasEffect, end } = EXPECTED[kind];
    await client.post('faults', { vendor: 'apollo', kind, count: 1 });
    expect(await match({ patienceMs: 800, bytesMax: 6_000_000 })).toMatchObject({ end });
    expect((await client.ledger()).vendors.apollo?.calls).toBe(hasEffect ? 1 : 0);
    expect(await match()).toMatchObject({ end: 'answered', status: 200 });
  });

  it('drips headers one byte per half second, so that none are whole', async () => {
    await client.post('faults', { vendor: 'apollo', kind: 'drip_headers' });
    expect(await match({ patienceMs: 1_200 })).toMatchObject({ end: 'given_up', status: null, body: '' });
  });

  it('drips one byte per half second', async () => {
    await client.post('faults', { vendor: 'hunter', kind: 'drip' });
    const { body } = await client.search(DOMAIN, { patienceMs: 1_700 });
    expect(body.length).toBeGreaterThanOrEqual(2);
    expect(body.length).toBeLessThanOrEqual(4);
  });

  it('is a bomb when it is huge and compressed: a thousand times what was sent', async () => {
    await client.post('faults', { vendor: 'apollo', kind: 'huge', gzip: true });
    const { status, headers, body } = await match({ bytesMax: 50_000 });
    expect({ status, encoding: headers['content-encoding'] }).toEqual({ status: 200, encoding: 'gzip' });
    // Cut off in the middle, so that only what came whole is read.
    const sent = Buffer.from(body, 'latin1').subarray(0, 50_000);
    const read = gunzipSync(sent, { finishFlush: constants.Z_SYNC_FLUSH });
    expect(read.length / sent.length).toBeGreaterThan(900);
  });

  it.each([
    ['html', /^<!doctype html>/],
    ['empty', /^$/],
    ['truncated', /^\{"person":\{"id":"[0-9a-f]+".*[^}\n]$/],
    ['wrong_types', /^\{"person":\{"id":7,/],
    ['not_a_number', /^\{"data":NaN,"answer":\{"person"/],
    ['deep', /^\{"person":\[{10000}\]{10000}\}$/],
    ['proto', /^\{"__proto__":\{"polluted":"yes"\}.*"person":\{"__proto__"/],
  ])('gives garbage as %s', async (garbage, text) => {
    await client.post('faults', { vendor: 'apollo', kind: 'garbage', garbage });
    const { status, body } = await match();
    expect(status).toBe(200);
    expect(body).toMatch(text);
  });

  it('leads in circles, or to where it was told', async () => {
    await client.post('faults', { vendor: 'apollo', kind: 'redirect', count: 1 });
    expect((await match()).headers.location).toBe('/vendors/apollo/api/v1/people/match');
    await client.post('faults', { vendor: 'apollo', kind: 'redirect', location: 'http://169.254.169.254/' });
    expect((await match()).headers.location).toBe('http://169.254.169.254/');
  });

  it('strikes one website, and one page of it', async () => {
    await client.post('faults', {
      vendor: 'web',
      kind: 'server_error',
      host: 'zencoder.com',
      path: '/contact',
    });
    const statuses = async (host: string) => [
      (await client.website(host, '/contact')).status,
      (await client.website(host, '/')).status,
    ];
    expect(await statuses('zencoder.com')).toEqual([500, 200]);
    expect(await statuses('www.zencoder.com')).toEqual([500, 200]);
    expect(await statuses('airbnb.com')).toEqual([200, 200]);
  });

  it('gives garbage that is neither JSON nor empty', async () => {
    await client.post('faults', { vendor: 'hunter', kind: 'garbage' });
    const { body } = await client.search(DOMAIN);
    expect(() => JSON.parse(body) as unknown).toThrow(SyntaxError);
    expect(body).not.toBe('');
  });

  it.each(['7', '-1', '1e9', 'Wed, 21 Oct 2026 07:28:00 GMT'])(
    'sends Retry-After %s as it was planned',
    async (retryAfter) => {
      await client.post('faults', { vendor: 'hunter', kind: 'rate_limit', retryAfter });
      expect((await client.search(DOMAIN)).headers['retry-after']).toBe(retryAfter);
    },
  );

  it('strikes an exact share of the requests', async () => {
    await client.post('faults', { vendor: 'hunter', kind: 'server_error', ratio: 0.25 });
    const statuses: (number | null)[] = [];
    for (let i = 0; i < 12; i++) statuses.push((await client.search(`share-${i}.example`)).status);
    expect(statuses.filter((status) => status === 500)).toHaveLength(3);
  });

  it('strikes only the operation and vendor it names', async () => {
    await client.post('faults', { vendor: 'zerobounce', op: 'verify_email', kind: 'server_error' });
    expect(await client.search(DOMAIN)).toMatchObject({ status: 200 });
  });

  it('makes the answer wait as long as planned', async () => {
    await client.post('faults', { vendor: 'hunter', kind: 'server_error', latencyMs: 300 });
    expect((await client.search(DOMAIN)).tookMs).toBeGreaterThanOrEqual(299);
  });

  it('writes the books when it takes the request: who hangs up has bought', async () => {
    await client.post('latency', { vendor: 'hunter', ms: 2_000 });
    expect(await client.search(DOMAIN, { patienceMs: 200 })).toMatchObject({ end: 'given_up' });
    expect(bought(await client.ledger())).toBe(1);
  });
});
