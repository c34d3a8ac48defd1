import fc from 'fast-check';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { startTestRedis, type TestRedis } from '#libs/testing';
import type { AuditRecord } from './audit-entry.schema';
import { AuditLog } from './audit-log';

const DAY_MS = 86_400_000;

describe('the audit log on a real Redis', () => {
  let server: TestRedis;
  let redis: RedisClient;
  let other: RedisClient;
  let cell = 0;

  beforeAll(async () => {
    server = await startTestRedis();
    redis = createRedis(server.url, workerConnectionOptions());
    other = createRedis(server.url, workerConnectionOptions());
    await Promise.all([redis.connect(), other.connect()]);
  });

  afterAll(async () => {
    await Promise.all([closeRedis(redis), closeRedis(other)]);
    await server.stop();
  });

  const freshKeys = (): CellKeys => new CellKeys(`audit-${(cell += 1)}`);
  const revoked = (target: string, tenantId: string | null = 'acme'): AuditRecord => ({
    tenantId,
    actor: 'cli:root',
    action: 'key.revoked',
    target,
    details: { reason: 'lost', count: 1 },
  });
  async function logOf(count: number): Promise<{ log: AuditLog; keys: CellKeys }> {
    const keys = freshKeys();
    const log = new AuditLog(redis, keys);
    for (let n = 1; n <= count; n += 1) await log.record(revoked(`k${n}`));
    return { log, keys };
  }

  it('tells who did what to whom, newest first and page by page', async () => {
    const { log } = await logOf(5);
    await log.record({ ...revoked('cap'), tenantId: null, action: 'vendor.closed', details: {} });
    const first = await log.read({ limit: 4 });
    expect(first.entries.map(({ seq, target }) => [seq, target])).toEqual([
      [6, 'cap'],
      [5, 'k5'],
      [4, 'k4'],
      [3, 'k3'],
    ]);
    const rest = await log.read({ limit: 4, ...(first.next !== null && { beforeSeq: first.next }) });
    expect(rest.entries.map(({ target }) => target)).toEqual(['k2', 'k1']);
    expect(rest.next).toBeNull();
    expect(rest.entries[0]).toMatchObject({
      ...revoked('k2'),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      prev: rest.entries[1]?.hash,
    });
  });

  it('shows one tenant only what was done to its own', async () => {
    const { log } = await logOf(2);
    await log.record(revoked('theirs', 'globex'));
    await log.record(revoked('everybody’s', null));
    const { entries, next } = await log.read({ tenantId: 'globex' });
    expect(entries.map(({ target }) => target)).toEqual(['theirs']);
    expect(next).toBeNull();
  });

  it('keeps one unbroken chain whatever two processes append at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.boolean(), fc.string()), { minLength: 1, maxLength: 40 }),
        async (done) => {
          const keys = freshKeys();
          const logs = [new AuditLog(redis, keys), new AuditLog(other, keys)] as const;
          const entries = await Promise.all(
            done.map(([second, target]) => logs[second ? 1 : 0].record(revoked(target))),
          );
          expect(entries.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(done.map((_, i) => i + 1));
          expect(await logs[0].verify()).toMatchObject({
            intact: true,
            entries: done.length,
            lastSeq: done.length,
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('masks secrets and addresses, and refuses an action that has no name', async () => {
    const { log, keys } = await logOf(0);
    await log.record({
      ...revoked('jane.doe@acme.example'),
      details: { key: `lg_live_abcdefghijklmnop_${'s'.repeat(43)}`, long: 'x'.repeat(1_000) },
    });
    const stored = JSON.stringify(await redis.xrange(keys.audit(), '-', '+'));
    expect(stored).not.toMatch(/jane|ssss|x{257}/);
    expect(await log.verify()).toMatchObject({ intact: true });
    expect(() => log.record({ ...revoked('k'), action: 'something else' })).toThrow(/action/);
    expect((await log.read()).entries).toHaveLength(1);
  });

  it.each<[string, (keys: CellKeys) => Promise<unknown>, number, RegExp]>([
    [
      'changed',
      async (keys) => {
        const all = await redis.xrange(keys.audit(), '-', '+');
        await redis.del(keys.audit());
        for (const [id, fields] of all) {
          await redis.xadd(keys.audit(), id, ...fields.map((text) => text.replace('k3', 'k9')));
        }
      },
      3,
      /not what was written/,
    ],
    ['removed', (keys) => redis.xdel(keys.audit(), '3-0'), 3, /after 2 is 4/],
    ['removed at the end', (keys) => redis.xdel(keys.audit(), '5-0'), 5, /missing at the end/],
    ['removed at the start', (keys) => redis.xdel(keys.audit(), '1-0'), 1, /after 0 is 2/],
  ])('names the first entry that was %s', async (_how, tamper, brokenSeq, reason) => {
    const { log, keys } = await logOf(5);
    expect(await log.verify()).toMatchObject({ intact: true, entries: 5 });
    await tamper(keys);
    expect(await log.verify()).toMatchObject({
      intact: false,
      brokenSeq,
      reason: expect.stringMatching(reason),
    });
  });

  it('keeps entries for 365 days, and the chain stays whole when the oldest go', async () => {
    const { log, keys } = await logOf(3);
    const aged = await redis.xrange(keys.audit(), '-', '+');
    await redis.del(keys.audit());
    for (const [id, fields] of aged) {
      const days = id === '3-0' ? 364 : 366;
      const old = fields.map((text, i) =>
        fields[i - 1] === 'at' ? String(Number(text) - days * DAY_MS) : text,
      );
      await redis.xadd(keys.audit(), id, ...old);
    }
    await log.record(revoked('new'));
    expect((await log.read()).entries.map(({ seq }) => seq)).toEqual([4, 3]);
    expect(await log.verify()).toMatchObject({ intact: true, entries: 2, lastSeq: 4 });
  });

  it('is intact when it is empty', async () => {
    expect(await new AuditLog(redis, freshKeys()).verify()).toEqual({
      intact: true,
      entries: 0,
      lastSeq: 0,
      lastHash: '',
    });
  });
});
