import { createHash, randomBytes } from 'node:crypto';
import { closeRedis, createRedis, CellKeys, workerConnectionOptions, type RedisClient } from '#libs/redis';
import {
  askTenantApi,
  hasEnded,
  onlyVendors,
  placesOf,
  postRun,
  runFiles,
  runFolder,
  simulatorBooks,
  startTestCell,
  untilRun,
  websitesOf,
  type TestCell,
} from '#libs/testing';
import { RedisGateOperations, tenantCapId } from '#libs/vendor-gate';

const OWN_KEY = 'simulated-zerobounce-acme';
const PLATFORM_KEY = 'simulated-zerobounce';
const hashed = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 12);

describe('a tenant’s own key for a vendor', () => {
  let cell: TestCell;
  let redis: RedisClient;
  let gate: RedisGateOperations;

  beforeAll(async () => {
    cell = await startTestCell({
      api: true,
      workers: { enrich: 2 },
      tenants: {
        default: {
          waterfalls: onlyVendors({
            crawl_website: ['web'],
            find_contacts: ['hunter'],
            verify_email: ['zerobounce'],
          }),
        },
      },
      env: { LEADGEN_SEALING_KEY: randomBytes(32).toString('base64') },
    });
    redis = createRedis(cell.redis.url, workerConnectionOptions());
    await redis.connect();
    gate = new RedisGateOperations(redis, new CellKeys('main'));
  });

  afterAll(async () => {
    await closeRedis(redis);
    await cell.stop();
  });

  const keysUsed = async (domain: string): Promise<string[]> => {
    const { entries } = (await cell.control('GET', 'ledger/entries?vendor=zerobounce')) as {
      entries: { input: string; key: string }[];
    };
    return [...new Set(entries.filter(({ input }) => input.includes(domain)).map(({ key }) => key))];
  };
  const setKey = async (tenant: string, key: string): Promise<void> => {
    const { status } = await askTenantApi(cell, tenant, 'PUT', '/vendors/zerobounce/credential', {
      api_key: key,
    });
    expect(status).toBe(200);
  };

  it('carries its calls, in a cap of its own whose closing leaves everybody else alone', async () => {
    await setKey('acme', OWN_KEY);
    const [own, shared] = [websitesOf('own', 6), websitesOf('shared', 6)];
    const ownCap = tenantCapId('zerobounce', true, 'acme');
    await gate.close(ownCap, 3_600_000, 'maintenance');
    const acme = await postRun(cell, { tenant: 'acme', websites: own });
    const globex = await postRun(cell, { tenant: 'globex', websites: shared });
    expect(await untilRun(cell, globex, hasEnded)).toMatchObject({ state: 'completed' });
    expect(await keysUsed('shared-')).toEqual([hashed(PLATFORM_KEY)]);
    // Its own waits, and says for whom.
    const paused = await untilRun(cell, acme, ({ state }) => state === 'paused', {
      what: 'it waits for its cap',
    });
    expect(paused).toMatchObject({ pause_reason: 'vendor_cap' });
    expect(paused.status.message).toContain('zerobounce');
    expect(await keysUsed('own-')).toEqual([]);

    // To set it again opens its cap.
    await setKey('acme', OWN_KEY);
    expect(await untilRun(cell, acme, hasEnded)).toMatchObject({ state: 'completed' });
    expect(await keysUsed('own-')).toEqual([hashed(OWN_KEY)]);
    expect(await gate.caps()).toEqual(expect.arrayContaining([ownCap, 'sim-zerobounce']));
    expect(await placesOf(cell, redis, new RegExp(OWN_KEY))).toEqual([]);
  });

  it('that is wrong closes its own cap, tells the tenant, and is mended by a right one', async () => {
    await setKey('initech', 'a-key-of-nobody');
    const run = await postRun(cell, { tenant: 'initech', websites: websitesOf('wrong', 8) });
    await untilRun(
      cell,
      run,
      ({ state, status }) => state === 'paused' && status.message.includes('refused your own key'),
      {
        what: 'it is told that its key is refused',
      },
    );
    const other = await postRun(cell, { tenant: 'globex', websites: websitesOf('undisturbed', 4) });
    expect(await untilRun(cell, other, hasEnded)).toMatchObject({ state: 'completed' });
    const { closedWhy } = await gate.explainCap({
      id: tenantCapId('zerobounce', true, 'initech'),
      concurrency: 1,
      windows: [],
    });
    expect(closedWhy).toBe('key_refused');
    await setKey('initech', 'simulated-zerobounce-initech');
    const ended = await untilRun(cell, run, hasEnded, { timeoutMs: 120_000 });
    const leads = await runFiles.jsonl(runFolder(cell, ended), 'leads.jsonl');
    expect(JSON.stringify(leads)).toContain('it refused the key that you have stored for it');
    expect(await keysUsed('wrong-')).toEqual([hashed('simulated-zerobounce-initech')]);
  });

  it('that was taken back is not used any more', async () => {
    await setKey('hooli', 'simulated-zerobounce-hooli');
    const before = await postRun(cell, { tenant: 'hooli', websites: websitesOf('before', 2) });
    await untilRun(cell, before, hasEnded);
    expect(await keysUsed('before-')).toEqual([hashed('simulated-zerobounce-hooli')]);
    await askTenantApi(cell, 'hooli', 'DELETE', '/vendors/zerobounce/credential');
    // Workers that have it in memory are replaced; in others it is gone within a minute.
    await Promise.all(cell.apps.filter(({ name }) => name === 'enrich').map((app) => app.stop()));
    await cell.start('enrich');
    const after = await postRun(cell, { tenant: 'hooli', websites: websitesOf('after', 2) });
    await untilRun(cell, after, hasEnded);
    expect(await keysUsed('after-')).toEqual([hashed(PLATFORM_KEY)]);
    expect((await simulatorBooks.all(cell)).duplicates).toBe(0);
  });
});
