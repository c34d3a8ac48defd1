import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { spawnApp, type SpawnedApp } from '#libs/testing';
import { ask } from '../test/raw-client';
import { SimulatorClient } from '../test/simulator-client';

const BOOT_MS_MAX = 3_000;
/** The drain itself takes a second where requests are never answered; the rest is for a busy machine. */
const DRAIN_MS_MAX = 10_000;
const running: SpawnedApp[] = [];

async function start(): Promise<{ app: SpawnedApp; client: SimulatorClient }> {
  const app = await spawnApp('vendor-sim', {});
  running.push(app);
  return { app, client: new SimulatorClient(String(app.ready.url)) };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((app) => app.stop()));
});

describe('the simulator as a process', () => {
  it('is ready in time, on loopback, with settings for all vendors', async () => {
    const { app } = await start();
    // While others have the processor it cannot boot.
    expect(app.bootMs - app.queuedMs).toBeLessThan(BOOT_MS_MAX);
    expect(app.ready).toMatchObject({
      type: 'ready',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    expect(Object.keys(app.ready.env as object)).toContain('VENDOR_HUNTER_API_KEY');
  });

  it('started by hand prints the settings to export, and refuses a port that is taken', async () => {
    const entry = join(__dirname, '../../../dist/apps/vendor-sim/src/main.js');
    const byHand = (env: Record<string, string>) =>
      spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    const first = byHand({});
    const [line] = (await once(first.stdout, 'data')) as [Buffer];
    const ready = JSON.parse(line.toString()) as { event: string; url: string; env: Record<string, string> };
    expect(ready).toMatchObject({ event: 'ready', env: { VENDOR_WEB_BASE_URL: ready.url } });

    const second = byHand({ LEADGEN_SIM_PORT: new URL(ready.url).port });
    expect((await once(second, 'exit'))[0]).toBe(1);
    first.kill('SIGINT');
    expect((await once(first, 'exit'))[0]).toBe(0);
  });

  it('says the same after a restart', async () => {
    const answers = async (client: SimulatorClient): Promise<unknown[]> => {
      await client.post('caps', { vendor: 'hunter', windows: [] });
      const domains = Array.from({ length: 20 }, (_, i) => `company-${i}.com`);
      const found = await Promise.all(domains.map((domain) => client.search(domain)));
      const sites = await Promise.all(domains.map((domain) => client.website(domain)));
      return [...found, ...sites].map(({ end, status, body }) => ({ end, status, body }));
    };
    const first = await start();
    const before = await answers(first.client);
    await first.app.stop();
    const second = await start();
    expect(await answers(second.client)).toEqual(before);
  });

  it('drains on SIGTERM: what can be answered is, what never would be is cut', async () => {
    const { app, client } = await start();
    await client.post('faults', { vendor: 'hunter', kind: 'timeout_before_effect', count: 1 });
    const never = client.search('never.example', { patienceMs: 20_000 });
    await client.post('latency', { vendor: 'zerobounce', ms: 500 });
    const late = ask(client.url, {
      path: '/vendors/zerobounce/v2/validate?email=a@b.example&ip_address=&api_key=simulated-zerobounce',
    });
    const { vendors } = await taken(client, 2);
    expect(Object.keys(vendors).sort()).toEqual(['hunter', 'zerobounce']);
    const began = performance.now();
    expect(await app.stop()).toBe(0);
    expect(performance.now() - began).toBeLessThan(DRAIN_MS_MAX);
    expect(await late).toMatchObject({ end: 'answered', status: 200 });
    expect(await never).toMatchObject({ end: 'reset', status: null });
  });
});

/** Waits until this many vendors have taken a request. */
async function taken(client: SimulatorClient, vendors: number) {
  let summary = await client.ledger();
  while (Object.keys(summary.vendors).length < vendors) summary = await client.ledger();
  return summary;
}
