import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RedisGate, RedisGateOperations } from '#libs/vendor-gate';
import { LeadRun } from '../../test/lead-run';
import { serveApi, type ServedApi } from '../../test/served-api';
import type { VendorsView, VendorView } from './vendor.view';

const SECRET = 'canary-secret-key';

let api: ServedApi;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadgen-terms-'));
  const tenants = join(folder, 'tenants.json');
  await writeFile(
    tenants,
    JSON.stringify({
      picky: { waterfalls: { verify_email: [], find_contacts: ['hunter'] }, budgets: { day_usd: 5 } },
    }),
  );
  api = await serveApi({
    LEADGEN_TENANTS_FILE: tenants,
    LEADGEN_SEALING_KEY: randomBytes(32).toString('base64'),
    VENDOR_HUNTER_API_KEY: SECRET,
    VENDOR_APOLLO_API_KEY: SECRET,
    VENDOR_ZEROBOUNCE_API_KEY: SECRET,
  });
});
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true });
});

async function list(tenant: string): Promise<VendorsView> {
  const answer = await api.ask(tenant, '/api/vendors');
  expect(answer.status).toBe(200);
  expect(answer.text).not.toContain(SECRET);
  return answer.body as unknown as VendorsView;
}

async function vendor(tenant: string, id: string): Promise<VendorView | undefined> {
  return (await list(tenant)).data.find((one) => one.vendor === id);
}

describe('the vendors of a tenant', () => {
  it('are those that its terms name and that can be asked, each with its caps', async () => {
    const { data, day_budget: budget } = await list('acme');
    expect(data.map((one) => one.vendor)).toEqual(['apollo', 'hunter', 'web', 'zerobounce']);
    expect(budget).toBeNull();
    const hunter = data[1];
    expect(hunter).toMatchObject({
      title: 'Hunter',
      simulated: false,
      closed_until: null,
      closed_why: null,
      breaker: 'closed',
      in_flight: { used: 0 },
      waiting: 0,
    });
    expect(hunter?.windows.length).toBeGreaterThan(0);
    for (const window of hunter?.windows ?? []) expect(window).toMatchObject({ used: 0, free_at: null });
    const picky = await list('picky');
    expect(picky.data.map((one) => one.vendor)).toEqual(['apollo', 'hunter', 'web']);
    expect(picky.data[0]?.operations).not.toContain('find_contacts');
    expect(picky.data[1]?.operations).toContain('find_contacts');
    expect(picky.data[1]?.operations).not.toContain('verify_email');
  });

  it('show what is used of a cap, and until when and why it is closed', async () => {
    const windows = (await vendor('acme', 'hunter'))?.windows ?? [];
    const run = await LeadRun.going(api, { tenant: 'picky', ends: [undefined] });
    const name = windows[0]?.name ?? '';
    const gate = new RedisGate(api.redis, api.keys);
    const granted = await gate.acquire({
      callId: 'call',
      ...run.run,
      companyId: 'c_1',
      vendor: 'hunter',
      simulated: false,
      op: 'find_contacts',
      input: {},
      cap: {
        id: 'hunter',
        concurrency: 10,
        windows: [{ name, kind: 'sliding', lengthMs: 60_000, limit: 100, units: 3 }],
      },
      budgets: { run: null, tenantDay: 5_000_000, vendorDay: null },
      maxCostMicro: 700,
      deadlineMs: 10_000,
      repeatable: false,
      subjects: () => [],
      from: 'inline',
    });
    expect(granted.kind).toBe('granted');
    await new RedisGateOperations(api.redis, api.keys).close('hunter', 3_600_000, 'maintenance');
    const hunter = await vendor('acme', 'hunter');
    expect(hunter).toMatchObject({ in_flight: { used: 1 }, closed_why: 'maintenance' });
    expect(Date.parse(hunter?.closed_until ?? '') - Date.now()).toBeGreaterThan(3_500_000);
    expect((await list('picky')).day_budget).toEqual({
      limit_micro_usd: 5_000_000,
      spent_micro_usd: 0,
      reserved_micro_usd: 700,
    });
  });

  it('show the cap of the tenant’s own key where it has one, also of a vendor that only that key opens', async () => {
    const put = (id: string): Promise<{ status: number }> =>
      api.ask('owner', `/api/tenants/me/vendors/${id}/credential`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ api_key: SECRET }),
      });
    expect(await vendor('owner', 'hunter')).toMatchObject({ credential: 'platform' });
    expect(await vendor('owner', 'lusha')).toBeUndefined();
    expect((await put('hunter')).status).toBe(200);
    expect((await put('lusha')).status).toBe(200);

    const operations = new RedisGateOperations(api.redis, api.keys);
    await operations.close('hunter', 3_600_000, 'ours is closed');
    expect(await vendor('owner', 'hunter')).toMatchObject({ credential: 'own', closed_until: null });
    expect(await vendor('owner', 'lusha')).toMatchObject({ credential: 'own', closed_until: null });
    await operations.close('hunter.owner', 7_200_000, 'your credit is used up');
    const run = await LeadRun.going(api, { tenant: 'owner', ends: [undefined] });
    await api.redis.hset(api.keys.parked('owner', run.id), {
      'hunter.owner': 2,
      hunter: 1,
      'lusha.owner': 4,
    });
    const hunter = await vendor('owner', 'hunter');
    expect(hunter).toMatchObject({ closed_why: 'your credit is used up', waiting: 3 });
    expect(Date.parse(hunter?.closed_until ?? '') - Date.now()).toBeGreaterThan(7_000_000);
    expect(await vendor('owner', 'lusha')).toMatchObject({ waiting: 4 });
    // To everybody else the platform's is shown, and that one is closed for its own reason.
    expect(await vendor('acme', 'hunter')).toMatchObject({
      credential: 'platform',
      closed_why: 'ours is closed',
    });
  });

  it('say how many of the tenant’s own companies wait, and nothing of others’', async () => {
    const run = await LeadRun.going(api, { tenant: 'waiter', ends: [undefined] });
    await api.redis.hset(api.keys.parked('waiter', run.id), { apollo: 4 });
    const second = await LeadRun.going(api, { tenant: 'waiter', ends: [undefined] });
    await api.redis.hset(api.keys.parked('waiter', second.id), { apollo: 3, hunter: 1 });
    expect(await vendor('waiter', 'apollo')).toMatchObject({ waiting: 7 });
    expect(await vendor('waiter', 'hunter')).toMatchObject({ waiting: 1 });
    expect(await vendor('acme', 'apollo')).toMatchObject({ waiting: 0 });
  });

  it('need the scope to see what is the tenant’s', async () => {
    for (const path of ['/api/vendors', '/api/usage']) {
      const authorization = await api.authorization('acme', ['orchestrations:read']);
      const response = await fetch(`${api.url}${path}`, { headers: { authorization } });
      expect(response.status).toBe(403);
    }
  });
});
