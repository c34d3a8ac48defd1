import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunFlow } from '#libs/queue';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { RunRepository, type RunRef } from '#libs/run-state';
import { startTestRedis, type TestRedis } from '#libs/testing';
import { RedisGate, type AcquireAnswer, type CallRequest } from '#libs/vendor-gate';
import { createVendorRegistry } from '#libs/vendors';
import { leadgen, type Ended } from '../../test/leadgen';

/** Any vendor with a window will do. */
const { descriptor } =
  createVendorRegistry({ access: {}, offline: false })
    .standings()
    .find(({ descriptor: { cap } }) => cap.windows.length === 1) ?? never('a vendor with one window');
const VENDOR = descriptor.id;

function never(what: string): never {
  throw new Error(`there is no ${what}`);
}

describe('leadgen vendors, on a real Redis', () => {
  let redis: TestRedis;
  let client: RedisClient;
  let gate: RedisGate;
  let folder: string;
  let run: RunRef;
  let calls = 0;
  const keys = new CellKeys('main');

  beforeAll(async () => {
    redis = await startTestRedis();
    client = createRedis(redis.url, workerConnectionOptions());
    await client.connect();
    gate = new RedisGate(client, keys);
    folder = await mkdtemp(join(tmpdir(), 'leadgen-vendors-'));
  });
  beforeEach(async () => {
    await client.flushall();
    const request = { tenant_id: 'acme', input: 'run', mode: 'full', limit: 5, icp: {} } as const;
    const runs = new RunRepository(client, keys);
    run = await runs.create({ ...request, export: ['csv'] }, { source: 'cli' });
    await runs.transition(run, 'running', { event: 'run_start', message: 'go' });
  });
  afterAll(async () => {
    await closeRedis(client);
    await redis.stop();
    await rm(folder, { recursive: true });
  });

  const vendors = (...words: string[]): Promise<Ended> =>
    leadgen(['vendors', ...words], { cwd: folder, env: { REDIS_URL: redis.url } });
  async function result(...words: string[]): Promise<Record<string, unknown>> {
    const ended = await vendors(...words);
    expect(ended).toMatchObject({ exitCode: 0, stderr: '', result: { event: 'result', exit_code: 0 } });
    return ended.result;
  }

  function request(): CallRequest {
    calls += 1;
    const { concurrency, windows } = descriptor.cap;
    return {
      callId: `call-${calls}`,
      tenantId: 'acme',
      runId: run.runId,
      companyId: 'c_1',
      vendor: VENDOR,
      simulated: false,
      op: 'find_contacts',
      input: { domain: `d${calls}.example` },
      cap: { id: VENDOR, concurrency, windows: windows.map((window) => ({ ...window, units: 1 })) },
      budgets: { run: 5_000_000, tenantDay: null, vendorDay: null },
      maxCostMicro: 25_000,
      deadlineMs: 5_000,
      repeatable: false,
      subjects: () => [],
      from: 'inline',
    };
  }
  const ask = (): Promise<AcquireAnswer> => gate.acquire(request());

  /** A call that was sent, and of which nobody knows how it ended. */
  async function inDoubt(): Promise<CallRequest> {
    const wanted = request();
    await client.hset(keys.company('acme', run.runId, 'c_1'), { state: 'pending' });
    const grant = await gate.acquire(wanted);
    if (grant.kind !== 'granted') return never(`grant: ${JSON.stringify(grant)}`);
    await gate.sent(wanted, grant);
    await gate.settle(wanted, grant, { kind: 'doubt' }, {});
    return wanted;
  }

  it('lists every vendor with what is used of its caps', async () => {
    await ask();
    const listed = (await result('--json')).vendors as {
      vendor: string;
      windows: unknown;
      in_flight: unknown;
    }[];
    expect(listed.length).toBeGreaterThan(5);
    const [window] = descriptor.cap.windows;
    expect(listed.find(({ vendor }) => vendor === VENDOR)).toMatchObject({
      usable: false,
      reason: `set VENDOR_${VENDOR.toUpperCase()}_API_KEY`,
      in_flight: { used: 1, limit: descriptor.cap.concurrency },
      windows: [{ name: window?.name, used: 1, limit: window?.limit }],
    });
  });

  it('close and reopen are felt by the next call, and by the lane', async () => {
    const flow = new RunFlow({ redisUrl: redis.url, keys, connection: workerConnectionOptions() });
    await flow.connect();
    try {
      expect(await result('close', '--vendor', VENDOR, '--for', '10m', '--why', 'maintenance')).toMatchObject(
        {
          changed: true,
          message: `${VENDOR} is closed for 10 min: maintenance`,
        },
      );
      const refused = await ask();
      expect(refused).toMatchObject({ kind: 'wait', reason: 'closed' });
      await flow.lanes.makeClosable(VENDOR);
      await flow.lanes.close(VENDOR, 600_000);
      const shorter = await result('close', '--vendor', VENDOR, '--for', '1s', '--why', 'x');
      expect(shorter).toMatchObject({ changed: false, message: expect.stringMatching(/longer than that/) });

      expect(await result('reopen', '--vendor', VENDOR)).toMatchObject({ changed: true });
      expect(await ask()).toMatchObject({ kind: 'granted' });
      expect(await flow.lanes.closedForMs(VENDOR)).toBe(0);
      expect(await result('reopen', '--vendor', VENDOR)).toMatchObject({ changed: false });
    } finally {
      await flow.close();
    }
  });

  it('explain says what a call waits for: of the vendor, and of a run', async () => {
    await client.hset(keys.parked('acme', run.runId), VENDOR, 3);
    await result('close', '--vendor', VENDOR, '--for', '2h', '--why', 'maintenance');
    const explained = await result(
      'explain',
      '--vendor',
      VENDOR,
      '--tenant-id',
      'acme',
      '--run-id',
      run.runId,
    );
    const waits = explained.waits_for as { what: string; text: string; for_ms: number | null }[];
    expect(waits.map(({ what }) => what)).toEqual(['parked', 'not_usable', 'closed']);
    expect(waits[0]?.text).toMatch(/^3 of the run's/);
    expect(waits[2]?.text).toBe('closed: maintenance; opens in 2 h');
    expect(waits[2]?.for_ms).toBeGreaterThan(7_100_000);
  });

  it('doubts lists what nobody knows the outcome of, and resolve gives the money back or lets it stand', async () => {
    const [first, second] = [await inDoubt(), await inDoubt()];
    const listed = (await result('doubts', '--tenant-id', 'acme')).doubts as { call: string }[];
    // The oldest first; two of one millisecond are in no order.
    expect(listed.map(({ call }) => call).sort()).toEqual([first.callId, second.callId].sort());

    const back = ['resolve', '--tenant-id', 'acme', '--call', first.callId, '--as', 'not-bought'];
    expect(await result(...back)).toMatchObject({ refunded_usd: '0.025' });
    const stands = ['resolve', '--tenant-id', 'acme', '--call', second.callId, '--as', 'bought'];
    expect(await result(...stands)).toMatchObject({ refunded_usd: '0.00' });
    expect((await result('doubts', '--tenant-id', 'acme')).doubts).toEqual([]);
    expect((await gate.acquire({ ...first, callId: 'again-1' })).kind).toBe('granted');
    expect((await gate.acquire({ ...second, callId: 'again-2' })).kind).not.toBe('granted');
  });

  it.each<[words: string[], message: RegExp]>([
    [['explain'], /which vendor\? pass --vendor with one of/],
    [['close', '--vendor', 'sonra', '--for', '10m', '--why', 'x'], /--vendor "sonra": give one of/],
    [['close', '--vendor', VENDOR, '--for', 'soon', '--why', 'x'], /--for "soon": give a duration like/],
    [
      ['resolve', '--tenant-id', 'acme', '--call', 'x', '--as', 'bought'],
      /no such call in doubt.*vendors doubts/,
    ],
    [['shut'], /unknown command 'shut'; there are explain, close, reopen.*leadgen vendors --help/],
    [
      ['close', '--vender', 'x'],
      /unknown option '--vender' \(Did you mean --vendor\?\).*leadgen vendors close --help/,
    ],
  ])('%j is refused with 2, naming the fix', async (words, message) => {
    const ended = await vendors(...words);
    expect(ended).toMatchObject({ exitCode: 2, result: { exit_code: 2, error: { code: 'usage' } } });
    expect(ended.stderr).toMatch(message);
  });

  it('says how to name the cell where it is not known which is meant', async () => {
    const ended = await leadgen(['vendors'], { cwd: folder });
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/REDIS_URL is not set.*LEADGEN_DATA_DIR/);
  });
});
