import type { RunRequest } from '#libs/contracts';
import { useTestRedis, waitUntil } from '#libs/testing';
import { RunRepository } from '../run.repository';
import { RunSnapshots } from '../run-snapshots';
import { acceptedSnapshot } from './accepted-run';
import type { CreatedRun } from './created-run';
import { IdempotencyKeys } from './idempotency-keys';

const REQUEST: RunRequest = {
  tenant_id: 'acme',
  input: 'run full pipeline',
  mode: 'full',
  limit: 25,
  export: ['csv'],
};

describe('idempotency keys on a real Redis', () => {
  const cell = useTestRedis();
  let keys: IdempotencyKeys;
  let runs: RunRepository;

  beforeEach(() => {
    keys = new IdempotencyKeys(cell.redis, cell.keys);
    runs = new RunRepository(cell.redis, cell.keys);
  });

  const claim = async (hash = 'h', claimMs?: number): Promise<string> => {
    const claimed = await keys.claim('acme', 'k', hash, claimMs);
    if ('run' in claimed) throw new Error(`the key has made run ${claimed.run.runId}`);
    return claimed.claim;
  };
  const create = (withClaim?: string): Promise<CreatedRun> =>
    runs.create(REQUEST, {
      source: 'api',
      idempotencyKey: 'k',
      requestHash: 'h',
      ...(withClaim !== undefined && { claim: withClaim }),
    });

  it('let one of two clients that claim a key at once have it, and tell the other to come again', async () => {
    const rival = new IdempotencyKeys(await cell.connect(), cell.keys);
    const claims = await Promise.allSettled([keys.claim('acme', 'k', 'h'), rival.claim('acme', 'k', 'h')]);
    const refused = claims.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toMatchObject({
      code: 'idempotency_in_flight',
      context: { retry_after_s: 1 },
    });
  });

  it('give the run to everybody who comes after it was made, as it was then', async () => {
    const run = await create(await claim());
    expect(await keys.claim('acme', 'k', 'h')).toEqual({ run: { ...run, created: false } });
    expect(await create()).toEqual({ ...run, created: false });
    const { version: _version, ...asStored } =
      (await new RunSnapshots(cell.redis, cell.keys).take(run, { eventsMax: 9 })) ?? {};
    expect(acceptedSnapshot(run, 'api')).toEqual(asStored);
  });

  it('refuse another request, whether the first has made its run or not', async () => {
    const mine = await claim();
    const conflict = { code: 'idempotency_conflict' };
    await expect(keys.claim('acme', 'k', 'other')).rejects.toMatchObject(conflict);
    await create(mine);
    await expect(keys.claim('acme', 'k', 'other')).rejects.toMatchObject(conflict);
  });

  it('are another tenant’s in their own right', async () => {
    await claim();
    expect(await keys.claim('globex', 'k', 'other')).toMatchObject({ claim: expect.any(String) });
  });

  it('are free again once given back, and not when the run was made', async () => {
    const first = await claim();
    await keys.release('acme', 'k', 'another claim');
    await expect(claim()).rejects.toMatchObject({ code: 'idempotency_in_flight' });
    await keys.release('acme', 'k', first);
    const second = await claim('other');
    await keys.release('acme', 'k', second);
    const third = await claim();
    const run = await create(third);
    await keys.release('acme', 'k', third);
    expect(await keys.claim('acme', 'k', 'h')).toMatchObject({ run: { runId: run.runId } });
  });

  it('make one run when the claim has lapsed: of two who hold it, the one who creates second finds the first’s', async () => {
    const slow = await claim('h', 50);
    let quick = '';
    await waitUntil(async () => (quick = await claim().catch(() => '')) !== '', {
      timeoutMs: 20_000,
      what: 'the claim has lapsed',
    });
    await expect(create(slow)).rejects.toMatchObject({ code: 'idempotency_in_flight' });
    const run = await create(quick);
    expect(await create(slow)).toMatchObject({ runId: run.runId, created: false });
    expect(await runs.runsOfTenant('acme')).toEqual([run.runId]);
  });

  it('last a day with a run, and seconds while one is being made', async () => {
    const entry = cell.keys.idempotency('acme', 'k');
    const mine = await claim();
    expect(await cell.redis.pttl(entry)).toBeLessThanOrEqual(10_000);
    await create(mine);
    expect(await cell.redis.ttl(entry)).toBeGreaterThan(86_400 - 60);
  });
});
