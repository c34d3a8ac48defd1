import type { LookupAddress } from 'node:dns';
import { Agent } from 'undici';
import { FORBIDDEN_ADDRESSES, FORBIDDEN_URLS } from '../../../test/forbidden-targets';
import { localServer, type LocalServer } from '../../../test/local-server';
import { answered, ScriptedHttp } from '../../../test/scripted-http';
import type { HttpResult } from '../../http/http-client';
import { UndiciHttpClient } from '../../http/undici-http-client';
import { SiteVisit } from '../site-visit';
import { isCrawlable } from './crawlable-url';
import { guardedConnector, type LookupAll } from './guarded-connector';

/** Reserved by IANA and routed nowhere: a public address that no test can reach anybody at. */
const PUBLIC_AND_UNREACHABLE = '2d00::1';
const LOOPBACK = '127.0.0.1';

let canary: LocalServer;
beforeAll(async () => {
  canary = await localServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>secret</title>'),
  );
});
afterAll(() => canary.close());
afterEach(() => expect(canary.hits()).toBe(0));

const family = (address: string): number => (address.includes(':') ? 6 : 4);

/** Answers a name's lookups with these lists of addresses, the last one again and again. */
function resolver(...answers: string[][]): LookupAll & { asked: () => number } {
  let asked = 0;
  const lookup: LookupAll = (_hostname, _options, callback) => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    callback(
      null,
      addresses.map((address): LookupAddress => ({ address, family: family(address) })),
    );
  };
  return Object.assign(lookup, { asked: () => asked });
}

/** One request at the canary's port, through a guard and nothing else. */
async function dial(url: URL, lookup: LookupAll, times = 1): Promise<HttpResult[]> {
  const agent = new Agent({ connect: guardedConnector(lookup) });
  const http = new UndiciHttpClient(agent, 'test');
  const { signal } = new AbortController();
  try {
    const results: HttpResult[] = [];
    for (let i = 0; i < times; i++) {
      results.push(await http.send({ method: 'GET', url, deadlineMs: 2_000, maxBytes: 9_999, signal }));
    }
    return results;
  } finally {
    await agent.destroy();
  }
}

const REFUSED = { kind: 'failed', sent: false, code: 'REFUSED_ADDRESS' };
const atCanary = (host: string): URL => new URL(`http://${host}:${canary.port}/`);

describe('the guard at the dial', () => {
  it.each(FORBIDDEN_ADDRESSES)('refuses a name that resolves to %s', async (address) => {
    expect(await dial(atCanary('rebound.example'), resolver([address]))).toEqual([REFUSED]);
  });

  it.each(FORBIDDEN_ADDRESSES.filter((address) => !address.includes('%')))(
    'refuses the literal %s without asking a resolver',
    async (address) => {
      const lookup = resolver([PUBLIC_AND_UNREACHABLE]);
      const host = address.includes(':') ? `[${address}]` : address;
      expect(await dial(atCanary(host), lookup)).toEqual([REFUSED]);
      expect(lookup.asked()).toBe(0);
    },
  );

  it('refuses a name that has a private address among public ones', async () => {
    const url = atCanary('mixed.example');
    for (const addresses of [
      [PUBLIC_AND_UNREACHABLE, LOOPBACK],
      [LOOPBACK, PUBLIC_AND_UNREACHABLE],
    ]) {
      expect(await dial(url, resolver(addresses))).toEqual([REFUSED]);
    }
  });

  it('refuses a name that was public when it was first asked for', async () => {
    const lookup = resolver([PUBLIC_AND_UNREACHABLE], [LOOPBACK]);
    const [first, second] = await dial(atCanary('rebinding.example'), lookup, 2);
    expect(first).toMatchObject({ kind: 'failed', sent: false });
    expect(first).not.toMatchObject(REFUSED);
    expect(second).toEqual(REFUSED);
    expect(lookup.asked()).toBe(2);
  });

  it('refuses a name that resolves to nothing', async () => {
    expect(await dial(atCanary('empty.example'), resolver([]))).toEqual([REFUSED]);
  });

  it('passes on that a name does not exist', async () => {
    const lookup: LookupAll = (_hostname, _options, callback) =>
      callback(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    expect(await dial(atCanary('nobody.example'), lookup)).toEqual([{ ...REFUSED, code: 'ENOTFOUND' }]);
  });

  it('is what stands between a request and the canary', async () => {
    const open = new Agent();
    const other = await localServer((_request, response) => response.end('reached'));
    const { signal } = new AbortController();
    const result = await new UndiciHttpClient(open, 'test').send({
      method: 'GET',
      url: new URL(`http://2130706433:${other.port}/`),
      deadlineMs: 2_000,
      maxBytes: 9_999,
      signal,
    });
    expect(result).toMatchObject({ kind: 'response', status: 200 });
    await open.destroy();
    await other.close();
  });
});

describe('a redirect', () => {
  /** A site whose every page leads elsewhere, and a guarded client for wherever that is. */
  async function follow(location: string, checked: boolean) {
    const agent = new Agent({ connect: guardedConnector(resolver([LOOPBACK])) });
    const guarded = new UndiciHttpClient(agent, 'test');
    const http = new ScriptedHttp((request) => {
      if (request.url.host !== 'start.example') return guarded.send(request);
      if (request.url.pathname === '/robots.txt') return answered('', { status: 404 });
      return answered('', { status: 302, headers: { location } });
    });
    const visit = new SiteVisit({
      http,
      isCrawlable: checked ? (url) => isCrawlable(url) : () => true,
      deadlineMs: 3_000,
      signal: new AbortController().signal,
    });
    const page = await visit.page(new URL('http://start.example/'));
    await agent.destroy();
    const elsewhere = http.requests.filter(({ url }) => url.host !== 'start.example');
    return { page, elsewhere };
  }

  it.each(FORBIDDEN_URLS.filter((url) => !/^[a-z]+:[^/]/.test(url)))(
    'to %s is not followed',
    async (location) => {
      const { page, elsewhere } = await follow(location, true);
      expect(page).toMatchObject({ kind: 'none' });
      expect(elsewhere).toEqual([]);
    },
  );

  it.each([LOOPBACK, '[::1]', '[::ffff:7f00:1]', '2130706433', 'rebound.example'])(
    'to %s at the canary’s port is stopped at the dial even if no URL were checked',
    async (host) => {
      const { page, elsewhere } = await follow(`http://${host}:${canary.port}/`, false);
      expect(page).toMatchObject({ kind: 'unreachable', code: 'REFUSED_ADDRESS' });
      expect(elsewhere).toHaveLength(1);
    },
  );
});
