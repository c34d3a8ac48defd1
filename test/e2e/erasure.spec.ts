import type { Lead, LeadContact } from '#libs/contracts';
import { closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import {
  askApi,
  askTenantApi,
  hasEnded,
  placesOf,
  runFiles,
  runFolder,
  simulatorBooks,
  startTestCell,
  untilRun,
  waitUntil,
  type RunView,
  type TestCell,
} from '#libs/testing';

const COMPANIES = ['blue-rocket.com', 'green-lamp.com', 'red-harbor.com', 'north-mill.com'];

interface Receipt {
  id: string;
  state: string;
  swept: Record<string, number>;
}

describe('an erasure', () => {
  let cell: TestCell;
  let redis: RedisClient;

  beforeAll(async () => {
    cell = await startTestCell({ api: true });
    redis = createRedis(cell.redis.url, workerConnectionOptions());
    await redis.connect();
  });

  afterAll(async () => {
    await closeRedis(redis);
    await cell.stop();
  });

  /** A run whose input names the address, too. */
  async function run(tenant: string, mention: string): Promise<{ view: RunView; leads: Lead[] }> {
    const { run_id: runId } = (await askApi(cell, tenant, '', {
      input: `run full pipeline, as ${mention} asked`,
      icp_payload: {},
      companies: COMPANIES.map((website) => ({
        name: `The ${website.split('.')[0]} company`,
        website,
        description: `Write to ${mention} for offers.`,
      })),
    })) as RunView;
    const view = await untilRun(cell, { tenant, runId }, hasEnded);
    const leads = (await runFiles.jsonl(runFolder(cell, view), 'leads.jsonl')) as unknown as Lead[];
    return { view, leads };
  }

  async function erase(tenant: string, body: object): Promise<Receipt> {
    const { status, body: receipt } = await askTenantApi(cell, tenant, 'POST', '/erasures', body);
    expect(status).toBe(202);
    const { id } = receipt as Receipt;
    let last = receipt as Receipt;
    await waitUntil(
      async () => {
        last = (await askTenantApi(cell, tenant, 'GET', `/erasures/${id}`)).body as Receipt;
        return last.state === 'done';
      },
      { timeoutMs: 120_000, what: 'the erasure is done' },
    );
    return last;
  }

  const personIn = (leads: readonly Lead[]): { lead: Lead; contact: LeadContact & { email: string } } => {
    for (const lead of leads) {
      const contact = lead.contacts.find(({ email, last_name }) => email !== null && last_name !== null);
      if (contact) return { lead, contact: contact as LeadContact & { email: string } };
    }
    throw new Error('the simulator knows nobody');
  };

  it('leaves nothing of a person in Redis, files and logs, and takes nothing from anybody else', async () => {
    const { leads } = await run('acme', 'nobody@else.example');
    const { lead, contact } = personIn(leads);
    const pattern = new RegExp(contact.email.replaceAll('.', '\\.'), 'i');
    await run('acme', contact.email);
    const theirs = await run('globex', contact.email);
    const before = await placesOf(cell, redis, pattern);
    expect(before.filter((place) => place.includes('acme')).length).toBeGreaterThan(10);
    const ofGlobex = before.filter((place) => place.includes('globex'));

    const receipt = await erase('acme', { email: contact.email.toUpperCase() });
    expect(receipt.swept.companies).toBeGreaterThan(0);
    expect(receipt.swept.purchases).toBeGreaterThan(0);
    expect(receipt.swept.records).toBeGreaterThan(0);
    expect(receipt.swept.files).toBeGreaterThan(3);
    expect((await placesOf(cell, redis, pattern)).sort()).toEqual(ofGlobex.sort());
    const name = `${contact.first_name ?? ''} ${contact.last_name ?? ''}`;
    const named = await placesOf(
      cell,
      redis,
      new RegExp(
        `"first_name":"${contact.first_name}","last_name":"${contact.last_name}"[^}]*"email":null|${name}`,
      ),
    );
    expect(named.filter((place) => !place.includes('globex'))).toEqual([]);

    const view = await askApi(cell, 'globex', `/${theirs.view.run_id}/leads?limit=100`);
    expect(JSON.stringify(view)).toMatch(pattern);
    const left = await askApi(cell, 'acme', `/${theirs.view.run_id}`).catch(() => null);
    expect(left).toBeNull();

    // Bought again is nothing, and the person stays away.
    const asked = async (): Promise<string[]> =>
      (await simulatorBooks.entries(cell)).map(({ vendor, op, input }) => `${vendor} ${op} ${input}`);
    const bought = (await asked()).length;
    const again = await run('acme', 'nobody@else.example');
    expect(again.leads.find(({ company }) => company.domain === lead.company.domain)?.status).not.toBe(
      'failed',
    );
    const news = (await asked()).slice(bought);
    expect(news.filter((entry) => pattern.test(entry))).toEqual([]);
    expect(JSON.stringify(again.leads)).not.toMatch(pattern);
  });

  it('leaves nothing of a company but its place, for good', async () => {
    const first = await run('initech', 'nobody@else.example');
    const [domain = ''] = COMPANIES;
    const pattern = new RegExp(domain.replaceAll('.', '\\.'), 'i');
    const receipt = await erase('initech', { domain: `https://www.${domain}/about` });
    expect(receipt.swept.companies).toBe(1);
    const places = await placesOf(cell, redis, pattern);
    expect(places.filter((place) => place.includes('initech'))).toEqual([]);
    const { data } = (await askApi(cell, 'initech', `/${first.view.run_id}/leads?limit=100`)) as {
      data: Lead[];
    };
    expect(data).toHaveLength(COMPANIES.length - 1);
    const bought = (await simulatorBooks.entries(cell)).length;
    const again = await run('initech', 'nobody@else.example');
    expect(again.view).toMatchObject({
      state: 'completed',
      output: { leads: COMPANIES.length - 1, suppressed_total: 1 },
    });
    expect((await simulatorBooks.entries(cell)).slice(bought)).toEqual([]);
  });
});
