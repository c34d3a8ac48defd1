import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { AuditLog } from '#libs/audit';
import { RunRepository, type RunRef } from '#libs/run-state';
import { useTestRedis } from '#libs/testing';
import { CellTuning } from '#libs/vendor-gate';
import { createVendorRegistry } from '#libs/vendors';
import { leadgen, type Ended } from '../../test/leadgen';

/** Any vendor with a window will do. */
const { descriptor } =
  createVendorRegistry({ access: {}, offline: false })
    .standings()
    .find(({ descriptor: { cap } }) => cap.windows.length > 0) ?? noVendor();
const ME = `cli:${userInfo().username}`;

function noVendor(): never {
  throw new Error('there is no vendor with a window');
}

describe('the audit log, from the command line', () => {
  const used = useTestRedis();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadgen-audit-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const run = (...words: string[]): Promise<Ended> =>
    leadgen([...words, '--json'], {
      cwd: folder,
      env: { REDIS_URL: used.url, LEADGEN_CELL: used.keys.cell },
    });
  async function done(...words: string[]): Promise<Ended['result']> {
    const ended = await run(...words);
    expect(ended).toMatchObject({ exitCode: 0, result: { event: 'result', exit_code: 0 } });
    return ended.result;
  }
  const audited = async (): Promise<unknown[]> => {
    const { entries } = await new AuditLog(used.redis, used.keys).read();
    return entries.map(({ tenantId, actor, action, target }) => [tenantId, actor, action, target]).reverse();
  };

  async function runningRun(): Promise<RunRef> {
    const runs = new RunRepository(used.redis, used.keys);
    const request = { tenant_id: 'acme', input: 'run', mode: 'full', limit: 5, icp: {} } as const;
    const ref = await runs.create({ ...request, export: ['csv'] }, { source: 'cli' });
    await runs.transition(ref, 'running', { event: 'run_start', message: 'go' });
    return { tenantId: ref.tenantId, runId: ref.runId };
  }

  it('has what was done to a run, and by whom; what changed nothing is not in it', async () => {
    const { runId } = await runningRun();
    const which = ['--tenant-id', 'acme', '--run-id', runId];
    await done('pause', ...which);
    await done('pause', ...which);
    await done('resume', ...which, '--actor', 'night-shift');
    await done('cancel', ...which);
    expect(await audited()).toEqual([
      ['acme', ME, 'run.paused', runId],
      ['acme', 'cli:night-shift', 'run.resumed', runId],
      ['acme', ME, 'run.cancelled', runId],
    ]);
  });

  it('has what was done to vendors and shares, with what was before', async () => {
    const { id, cap } = descriptor;
    const window = cap.windows[0]?.name ?? '';
    const declared = cap.windows[0]?.limit ?? 0;
    await done('vendors', 'close', '--vendor', id, '--for', '10m', '--why', 'maintenance');
    await done('vendors', 'reopen', '--vendor', id, '--actor', 'ada');
    const limit = ['vendors', 'limit', '--vendor', id, '--window', window];
    expect(await done(...limit, '--limit', '3')).toMatchObject({ before: declared, after: 3, declared });
    expect(await done(...limit, '--limit', '4')).toMatchObject({ before: 3, after: 4, declared });
    const tuning = new CellTuning(used.redis, used.keys);
    expect((await tuning.read()).limits).toEqual([{ capId: id, window, limit: 4 }]);
    expect(await done(...limit, '--clear')).toMatchObject({ before: 4, after: declared });
    const weight = ['vendors', 'weight', '--tenant-id', 'acme'];
    expect(await done(...weight, '--weight', '2.5')).toMatchObject({ before: 1, after: 2.5, declared: 1 });
    expect((await tuning.read()).weights).toEqual([{ tenantId: 'acme', weight: 2.5 }]);
    expect(await audited()).toEqual([
      [null, ME, 'vendor.closed', id],
      [null, 'cli:ada', 'vendor.reopened', id],
      [null, ME, 'vendor.limit_changed', id],
      [null, ME, 'vendor.limit_changed', id],
      [null, ME, 'vendor.limit_changed', id],
      ['acme', ME, 'tenant.weight_changed', 'acme'],
    ]);
  });

  it('refuses a window that there is not, naming those there are', async () => {
    const ended = await run('vendors', 'limit', '--vendor', descriptor.id, '--limit', '3');
    expect(ended.exitCode).toBe(2);
    expect(ended.result.error?.message).toMatch(/--window with one of /);
    expect(await audited()).toEqual([]);
  });

  it('is shown, newest first, of one tenant or all, a page at a time', async () => {
    const log = new AuditLog(used.redis, used.keys);
    for (const n of [1, 2, 3, 4]) {
      const tenantId = n % 2 === 0 ? 'acme' : 'globex';
      await log.record({ tenantId, actor: 'key:k', action: 'run.paused', target: `run ${n}` });
    }
    const targets = ({ entries }: Record<string, unknown>): string[] =>
      (entries as { target: string }[]).map(({ target }) => target);
    expect(targets(await done('audit'))).toEqual(['run 4', 'run 3', 'run 2', 'run 1']);
    expect(targets(await done('audit', '--tenant-id', 'acme'))).toEqual(['run 4', 'run 2']);
    const first = (await done('audit', '--limit', '3')) as Record<string, unknown>;
    expect(targets(first)).toEqual(['run 4', 'run 3', 'run 2']);
    expect(targets(await done('audit', '--before', String(first.next_before)))).toEqual(['run 1']);
  });

  it('is checked: whole, and no more once somebody has laid hands on it', async () => {
    const log = new AuditLog(used.redis, used.keys);
    for (const n of [1, 2, 3]) {
      await log.record({ tenantId: 'acme', actor: 'key:k', action: 'run.paused', target: `run ${n}` });
    }
    expect(await done('audit', 'verify')).toMatchObject({ entries: 3, last_seq: 3 });
    await used.redis.xdel(used.keys.audit(), '2-0');
    const ended = await run('audit', 'verify');
    expect(ended).toMatchObject({ exitCode: 1, result: { error: { code: 'audit_broken' } } });
    expect(ended.result.error?.message).toMatch(/broken at entry 2/);
  });
});
