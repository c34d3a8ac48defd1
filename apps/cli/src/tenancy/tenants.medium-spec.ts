import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiKeys } from '#libs/access';
import { AuditLog } from '#libs/audit';
import { Erasures } from '#libs/erasure';
import { Sealer } from '#libs/sealing';
import { SuppressionLists, TenantWebhooks } from '#libs/tenancy';
import { useTestRedis } from '#libs/testing';
import { CellTuning, SuppressionNames } from '#libs/vendor-gate';
import { leadgen, type Ended } from '../../test/leadgen';

const PERSON = 'ada@globex.example';

describe('leadgen tenants and leadgen erase, on a real Redis', () => {
  const used = useTestRedis();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadgen-tenants-'));
    await writeFile(join(folder, 'terms.json'), '{"initech":{"weight":3,"budgets":{"day_usd":20}}}');
  });
  afterAll(() => rm(folder, { recursive: true }));

  const run = (...words: string[]): Promise<Ended> =>
    leadgen([...words, '--json'], {
      cwd: folder,
      env: {
        REDIS_URL: used.url,
        LEADGEN_CELL: used.keys.cell,
        LEADGEN_TENANTS_FILE: join(folder, 'terms.json'),
      },
    });
  async function done(...words: string[]): Promise<Record<string, unknown>> {
    const ended = await run(...words);
    expect(ended).toMatchObject({ exitCode: 0, stderr: '', result: { event: 'result', exit_code: 0 } });
    return ended.result;
  }
  async function file(name: string, content: unknown): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }
  const actions = async (): Promise<string[]> =>
    (await new AuditLog(used.redis, used.keys).read()).entries.map(({ action }) => action).reverse();

  it('lists whom the cell knows and whom the file names, each with its terms and what it has', async () => {
    await new ApiKeys(used.redis, used.keys).issue({ tenantId: 'acme', environment: 'test' });
    await new SuppressionLists(used.redis, used.keys, new SuppressionNames()).add('globex', [
      { kind: 'email', value: PERSON },
    ]);
    await new CellTuning(used.redis, used.keys).setWeight('acme', 2);
    const webhook = { url: 'https://hooks.example.com/acme', secret: 'whsec_canary' };
    const sealer = new Sealer([randomBytes(32).toString('base64')]);
    await new TenantWebhooks(used.redis, used.keys, sealer).set('acme', webhook);
    const { tenants } = await done('tenants');
    expect(tenants).toMatchObject([
      {
        tenant_id: 'acme',
        active_runs: 0,
        weight: 2,
        weight_declared: 1,
        suppressions: 0,
        webhook: webhook.url,
      },
      { tenant_id: 'globex', weight: 1, suppressions: 1, day_budget_usd: null, webhook: null },
      { tenant_id: 'initech', weight: 3, day_budget_usd: '20.00' },
    ]);
    expect((await done('tenants', 'list')).tenants).toEqual(tenants);
    expect((await done('tenants', 'show', '--tenant-id', 'globex')).tenant).toEqual(
      (tenants as unknown[])[1],
    );
  });

  it.each([
    ['icp', { industries: ['software'] }, { industries: ['software'] }],
    ['profile', { name: 'Acme' }, { name: 'Acme', website: null, offering: null, text: null }],
    [
      'exclusions',
      [{ kind: 'customer', domain: 'https://www.globex.com' }],
      [{ kind: 'customer', domain: 'globex.com', name: null }],
    ],
  ])('stores a tenant’s %s from a file, and prints it as a file', async (what, given, kept) => {
    const whose = ['--tenant-id', 'acme'];
    const path = await file(`${what}.json`, given);
    expect(await done('tenants', 'set', what, ...whose, '--file', path)).toMatchObject({ version: 1 });
    const shown = await done('tenants', 'get', what, ...whose);
    expect(shown).toMatchObject({ [what]: kept, version: 1 });
    const again = await file(`${what}-again.json`, shown[what]);
    await done('tenants', 'set', what, ...whose, '--file', again, '--actor', 'ada');
    expect(await done('tenants', 'get', what, ...whose)).toMatchObject({ [what]: kept, version: 2 });
    expect(await done('tenants', 'get', what, '--tenant-id', 'globex')).toMatchObject({ version: 0 });
    expect(await actions()).toEqual([`tenant.${what}_changed`, `tenant.${what}_changed`]);
  });

  it('asks for an erasure, suppresses first, and tells the receipt without saying whose data it was', async () => {
    const { receipt, erasure } = await done('erase', '--tenant-id', 'acme', '--email', PERSON);
    expect(erasure).toMatchObject({ state: 'queued', kind: 'email', finished_at: null });
    const lists = new SuppressionLists(used.redis, used.keys, new SuppressionNames());
    expect(await lists.find('acme', [{ kind: 'email', value: PERSON }])).toMatchObject([{ isListed: true }]);
    const ref = { tenantId: 'acme', erasureId: String(receipt) };
    const due = await new Erasures(used.redis, used.keys).due(Date.now() + 1_000);
    expect(due).toEqual([ref]);
    await new Erasures(used.redis, used.keys).finish(ref);
    const seen = await done('erase', '--tenant-id', 'acme', '--receipt', String(receipt), '--wait', '1m');
    expect(seen.erasure).toMatchObject({ state: 'done' });
    expect(JSON.stringify(seen)).not.toContain('ada');
    expect(await actions()).toEqual(['erasure.requested']);
    const foreign = await run('erase', '--tenant-id', 'globex', '--receipt', String(receipt));
    expect(foreign.result.error?.code).toBe('erasure_not_found');
  });
});
