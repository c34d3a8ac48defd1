import { SimulatorClient } from '../test/simulator-client';
import { openSimulator, type Simulator } from './simulator';
import { SIMULATED_VENDORS } from './vendors/vendor-list';

let simulator: Simulator;
let client: SimulatorClient;
beforeAll(async () => {
  simulator = await openSimulator(0);
  client = new SimulatorClient(simulator.url);
});
afterAll(() => simulator.close());
beforeEach(() => client.reset());

describe('keys', () => {
  it('takes only keys of its own, and refuses others as the vendor would', async () => {
    const wrong = await client.search('keys.example', { key: 'a-real-key' });
    expect(wrong).toMatchObject({ status: 401 });
    expect(JSON.parse(wrong.body)).toMatchObject({ errors: [{ id: 'authentication_failed' }] });
    expect(await client.search('keys.example', { key: 'simulated-hunter-acme' })).toMatchObject({
      status: 200,
    });
    expect((await client.ledger()).vendors.hunter).toMatchObject({ calls: 1, refused: { bad_key: 1 } });
  });

  it('keeps no key in its books', async () => {
    await client.search('keys.example', { key: 'simulated-hunter-acme' });
    expect(JSON.stringify(await client.entries())).not.toContain('acme');
  });

  it('hands out settings for every vendor it has, and marks them as offline', () => {
    const { env, url } = simulator;
    expect(env).toMatchObject({ ORCHESTRATOR_OFFLINE: '1', VENDOR_WEB_BASE_URL: url });
    for (const { id } of SIMULATED_VENDORS) {
      expect(env[`VENDOR_${id.toUpperCase()}_BASE_URL`]).toBe(`${url}/vendors/${id}`);
      expect(env[`VENDOR_${id.toUpperCase()}_API_KEY`]).toBeTruthy();
    }
  });
});

describe('caps', () => {
  it('admits exactly as many requests as the window has places, however many come at once', async () => {
    await client.post('caps', { vendor: 'hunter', windows: [{ limit: 20, lengthMs: 60_000 }] });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => client.search(`window-${i}.example`)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(40);
    expect((await client.ledger()).vendors.hunter).toMatchObject({ calls: 20, refused: { rate_limit: 40 } });
  });

  it('counts each key for itself', async () => {
    await client.post('caps', { vendor: 'hunter', windows: [{ limit: 1, lengthMs: 60_000 }] });
    for (const key of ['simulated-hunter-a', 'simulated-hunter-b']) {
      expect(await client.search('a.example', { key })).toMatchObject({ status: 200 });
      expect(await client.search('b.example', { key })).toMatchObject({ status: 403 });
    }
  });

  it('says how often a cap was overstepped, and how far its windows were used', async () => {
    const windows = [{ name: 'minute', limit: 4, lengthMs: 60_000 }];
    await client.post('caps', { vendor: 'hunter', windows });
    await Promise.all(Array.from({ length: 7 }, (_, i) => client.search(`over-${i}.example`)));
    await client.search('over.example', { key: 'simulated-hunter-other' });
    expect((await client.ledger()).vendors.hunter).toMatchObject({
      over: 3,
      windows: [{ name: 'minute', limit: 4, lengthMs: 60_000, admitted: 5, fullest: 4 }],
    });
    await client.control('DELETE', 'ledger');
    expect(await client.search('over.example')).toMatchObject({ status: 403 });
    expect((await client.ledger()).vendors.hunter).toMatchObject({ over: 1, windows: [{ admitted: 0 }] });
  });

  it('keeps the moments at which requests were let in, at receipt and not at their answer', async () => {
    await client.post('latency', { vendor: 'hunter', ms: 400 });
    await client.post('caps', { vendor: 'hunter', windows: [{ limit: 3, lengthMs: 60_000 }] });
    const began = Date.now();
    await Promise.all(Array.from({ length: 5 }, (_, i) => client.search(`moment-${i}.example`)));
    const answered = Date.now();
    const { total, times } = await client.arrivals('hunter', '&op=find_contacts');
    expect([total, times.length]).toEqual([3, 3]);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    // Dates are whole milliseconds, and the two clocks may drift apart a little.
    expect(times[0]).toBeGreaterThan(began - 50);
    expect(times[2]).toBeLessThan(answered - 400 + 50);
    expect((await client.arrivals('hunter', '&key=nobody')).times).toEqual([]);
  });

  it('names what it has when a window is none of the vendor’s', async () => {
    const post = (windows: unknown) => client.control('POST', 'caps', { vendor: 'hunter', windows });
    const unknown = await post([{ name: 'week', limit: 1, lengthMs: 1 }]);
    expect(unknown).toMatchObject({ status: 400 });
    expect(unknown.body).toContain('there is no window week, but second, minute, verify_second');
    const mixed = await post([
      { name: 'minute', limit: 1, lengthMs: 1 },
      { limit: 1, lengthMs: 1 },
    ]);
    expect(mixed.body).toContain('give names to all windows or to none');
  });

  it('shows the caps that hold', async () => {
    await client.post('caps', { vendor: 'hunter', windows: [], credits: 7 });
    const { body } = await client.control('GET', 'caps');
    expect(JSON.parse(body)).toMatchObject({ caps: { hunter: { windows: [], credits: 7 } } });
  });

  it('has the documented caps of the vendor where none are set', async () => {
    await client.control('DELETE', 'caps');
    const documented = SIMULATED_VENDORS.find(({ id }) => id === 'hunter')?.windows[0]?.limit;
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        client.search(`documented-${i}.example`, { key: 'simulated-hunter-documented' }),
      ),
    );
    const taken = answers.filter(({ status }) => status === 200).length;
    expect(taken).toBeGreaterThanOrEqual(documented ?? Infinity);
    expect(taken).toBeLessThan(30);
  });

  it('sells until the credits are used up', async () => {
    await client.post('caps', { vendor: 'hunter', credits: 2 });
    const statuses: (number | null)[] = [];
    for (const domain of ['acme.com', 'stripe.com', 'zencoder.com', 'airbnb.com', 'dropbox.com']) {
      statuses.push((await client.search(domain)).status);
    }
    const { units, refused } = (await client.ledger()).vendors.hunter ?? {};
    expect(units).toBe(2);
    expect(refused?.quota).toBeGreaterThan(0);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('ledger', () => {
  it('counts what was bought twice, and names it', async () => {
    for (const domain of ['gitlab.com', 'GitLab.com', 'gitlab.com', 'airbnb.com'])
      await client.search(domain);
    const { duplicates, duplicated } = await client.ledger();
    expect(duplicates).toBe(2);
    expect(duplicated).toMatchObject([{ vendor: 'hunter', op: 'find_contacts', times: 3 }]);
  });

  it('takes 200 requests at once and loses none', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => client.search(`many-${i}.example`)),
    );
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(new Set((await client.entries()).map(({ input }) => input)).size).toBe(200);
  });
});

describe('websites', () => {
  it('are answered by the Host of the request, marked as simulated, and entered in the ledger', async () => {
    const { status, body, headers } = await client.website('zencoder.com');
    expect({ status, type: headers['content-type'], marked: headers['x-simulated'] }).toEqual({
      status: 200,
      type: 'text/html; charset=utf-8',
      marked: 'true',
    });
    expect(body).toContain('<meta name="simulated" content="true">');
    expect((await client.ledger()).vendors.web).toMatchObject({ calls: 1, units: 0 });
  });

  it('are the same with www, a port, capitals and a final dot', async () => {
    const { body } = await client.website('zencoder.com');
    for (const host of ['www.zencoder.com', 'zencoder.com:80', 'ZenCoder.COM', 'zencoder.com.']) {
      expect((await client.website(host)).body).toBe(body);
    }
  });

  it('never reach the controls or vendors', async () => {
    for (const path of ['/control/ledger', '/vendors/hunter/v2/domain-search?domain=a.com']) {
      expect(await client.website('zencoder.com', path)).toMatchObject({ status: 404 });
    }
  });

  it('reset the connection where the site is dead, and answer where it is not', async () => {
    const ends = await Promise.all(Array.from({ length: 100 }, (_, i) => client.website(`company-${i}.com`)));
    const count = (end: string): number => ends.filter((answer) => answer.end === end).length;
    expect(count('reset')).toBeGreaterThan(0);
    expect(count('answered')).toBeGreaterThan(85);
    expect(count('reset') + count('answered')).toBe(100);
  });

  it.each([
    ['rate_limit', 'answered', 429],
    ['server_error', 'answered', 500],
    ['reset', 'reset', null],
    ['huge', 'given_up', 200],
    ['garbage', 'answered', 200],
    ['redirect', 'answered', 302],
    ['drip_headers', 'given_up', null],
  ])('suffer %s as vendors do', async (kind, end, status) => {
    await client.post('faults', { vendor: 'web', kind });
    expect(
      await client.website('zencoder.com', '/', { bytesMax: 3_000_000, patienceMs: 1_500 }),
    ).toMatchObject({ end, status });
  });
});

describe('controls', () => {
  it.each([
    ['faults', { vendor: 'hunter', kind: 'earthquake' }, 'kind: '],
    ['faults', { vendor: 'huntr', kind: 'reset' }, 'vendor: there is no huntr, but web, '],
    [
      'faults',
      { vendor: 'hunter', op: 'find_gold', kind: 'reset' },
      'op: hunter has no find_gold, but find_contacts',
    ],
    ['faults', { vendor: 'hunter', kind: 'reset', count: 1, ratio: 0.5 }, 'give count or ratio, not both'],
    ['caps', { vendor: 'hunter', credits: -1 }, 'credits: '],
    ['latency', { vendor: 'hunter' }, 'ms: '],
  ])('refuse a wrong body of %s and say what is wrong', async (what, body, problem) => {
    const answer = await client.control('POST', what, body);
    expect(answer.status).toBe(400);
    expect((JSON.parse(answer.body) as { problems: string[] }).problems.join('\n')).toContain(problem);
  });

  it('refuse a body that is no JSON', async () => {
    expect(await client.control('POST', 'faults')).toMatchObject({ status: 400 });
  });

  it('name the routes there are', async () => {
    const answer = await client.control('GET', 'nonsense');
    expect(answer.status).toBe(404);
    expect(answer.body).toContain('POST /control/faults');
  });

  it('say that all is well, and which vendors there are', async () => {
    const { body } = await client.control('GET', 'health');
    expect(JSON.parse(body)).toEqual({
      status: 'ok',
      vendors: ['web', ...SIMULATED_VENDORS.map(({ id }) => id)],
    });
  });

  it('delay answers as told', async () => {
    await client.post('latency', { vendor: 'hunter', ms: 250 });
    expect((await client.search('late.example')).tookMs).toBeGreaterThanOrEqual(249);
  });
});
