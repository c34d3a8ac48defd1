import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { useTestRedis, waitUntil } from '#libs/testing';
import type { Cap } from './gate.port';

const CAP: Cap = {
  id: 'sonar',
  concurrency: 8,
  windows: [
    { name: 'short', kind: 'sliding', limit: 20, lengthMs: 400, units: 1 },
    { name: 'long', kind: 'sliding', limit: 70, lengthMs: 2_000, units: 1 },
  ],
};
const CALLERS = 25;
const ARRIVALS = process.env.LEADGEN_FULL === '1' ? 1_000 : 200;

/** What a vendor sees: when each request came, by its own clock, and how many it worked on at once. */
class CountingVendor {
  readonly arrivals: number[] = [];
  inFlightMax = 0;
  private inFlight = 0;
  readonly server: Server = createServer((_request, response) => {
    this.arrivals.push(performance.now());
    this.inFlight += 1;
    this.inFlightMax = Math.max(this.inFlightMax, this.inFlight);
    setTimeout(
      () => {
        this.inFlight -= 1;
        response.end('{}');
      },
      (this.arrivals.length % 5) * 7,
    );
  });

  /** The most requests that came in any stretch of that length. */
  busiest(lengthMs: number): number {
    let most = 0;
    let first = 0;
    for (const [last, at] of this.arrivals.entries()) {
      while ((this.arrivals[first] ?? 0) <= at - lengthMs) first += 1;
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}

describe('the gate in front of a vendor that counts for itself', () => {
  const cell = useTestRedis();
  let callers: ChildProcess[] = [];
  const vendor = new CountingVendor();

  beforeAll(async () => {
    vendor.server.listen(0, '127.0.0.1');
    await once(vendor.server, 'listening');
  });

  beforeEach(async () => {
    const { redis, keys } = cell;
    await redis.hset(keys.run('acme', 'run_1'), { state: 'running' });
    await redis.hset(keys.company('acme', 'run_1', 'c_1'), { state: 'pending' });
  });

  afterAll(async () => {
    vendor.server.closeAllConnections();
    vendor.server.close();
  });

  it('lets 50 callers in two processes send no more than each window and the concurrency allow', async () => {
    const url = `http://127.0.0.1:${(vendor.server.address() as AddressInfo).port}/`;
    callers = ['a', 'b'].map((name) =>
      fork(join(__dirname, '../test/call-vendor.cjs'), [
        cell.url,
        cell.keys.cell,
        url,
        name,
        String(CALLERS),
        JSON.stringify(CAP),
      ]),
    );
    const exited = callers.map((caller) => once(caller, 'exit'));
    await waitUntil(() => vendor.arrivals.length >= ARRIVALS, {
      timeoutMs: 60_000,
      what: 'the vendor was busy',
    });
    const seconds = ((vendor.arrivals.at(-1) ?? 0) - (vendor.arrivals[0] ?? 0)) / 1_000;
    for (const caller of callers) caller.disconnect();
    await Promise.all(exited);

    expect(vendor.busiest(400)).toBeLessThanOrEqual(20);
    expect(vendor.busiest(2_000)).toBeLessThanOrEqual(70);
    expect(vendor.inFlightMax).toBeLessThanOrEqual(8);
    // Not bought by standing still: the long window allows 35 a second.
    expect(ARRIVALS / seconds).toBeGreaterThan(0.6 * 35);
  });
});
