import { createLogger } from '#libs/observability';
import { DONE, type StageResult } from '#libs/queue';
import { CompanyRepository, RunRepository, type RunRef } from '#libs/run-state';
import { useTestRedis, waitUntil } from '#libs/testing';
import { POISON, Quarantine } from './quarantine';

const SUSPECT = `c_${'a'.repeat(16)}`;
const AWAY = { kind: 'later', inMs: 1_000 };
const BYSTANDER = `c_${'b'.repeat(16)}`;

describe('the quarantine on a real Redis', () => {
  const cell = useTestRedis();
  let companies: CompanyRepository;
  let run: RunRef;
  let walked: string[];

  beforeEach(async () => {
    const runs = new RunRepository(cell.redis, cell.keys);
    companies = new CompanyRepository(cell.redis, cell.keys);
    run = await runs.create(
      { tenant_id: 'acme', input: 'go', mode: 'full', limit: 2, export: ['csv'] },
      { source: 'cli' },
    );
    await runs.transition(run, 'running', { event: 'run_start', message: 'go' });
    for (const id of [SUSPECT, BYSTANDER])
      await cell.redis.hset(companies.key(run, id), { state: 'pending', base: '{}' });
    walked = [];
  });

  /** One enrich process. */
  const worker = (): Quarantine =>
    new Quarantine(companies, createLogger({ app: 'enrich', level: 'silent' }));

  const walk = (
    by: Quarantine,
    companyId: string,
    lostBy: number,
    how = (): Promise<StageResult> => Promise.resolve(DONE),
  ): Promise<StageResult> =>
    by.walk({ run, companyId, jobId: `${companyId}-h0`, lostBy }, () => {
      walked.push(companyId);
      return how();
    });

  /** The walk never ends: its process is dead. */
  const dies = (companyId: string, lostBy: number): void => {
    void walk(worker(), companyId, lostBy, () => new Promise(() => undefined));
  };

  const hash = (companyId: string): Promise<Record<string, string>> =>
    cell.redis.hgetall(companies.key(run, companyId));

  it('costs a job nothing that was never lost, and one that was lost once no question', async () => {
    const before = await cell.redis.info('commandstats');
    const calls = (text: string): number => Number(/cmdstat_evalsha:calls=(\d+)/.exec(text)?.[1] ?? 0);
    for (const lostBy of [0, 0, 1]) expect(await walk(worker(), SUSPECT, lostBy)).toEqual(DONE);
    expect(calls(await cell.redis.info('commandstats'))).toBe(calls(before));
    expect(walked).toHaveLength(3);
  });

  it('gives up a company that a third worker dies of, and says why', async () => {
    dies(SUSPECT, 2);
    // What the dead one had sent has arrived by then: the next finds the job when its lock has run out.
    await until(async () => 'alone' in (await hash(SUSPECT)));
    expect(await walk(worker(), SUSPECT, 3)).toEqual(DONE);
    expect(walked).toEqual([SUSPECT]);
    expect(await hash(SUSPECT)).toMatchObject({ state: 'failed', failure: POISON });
  });

  it('walks suspects apart, so that a bystander is not taken for the cause', async () => {
    const process = worker();
    const { promise, resolve } = Promise.withResolvers<StageResult>();
    const first = walk(process, SUSPECT, 2, () => promise);
    expect(await walk(process, BYSTANDER, 2)).toEqual(AWAY);
    expect(await walk(process, BYSTANDER, 1)).toEqual(AWAY);
    expect(await walk(process, BYSTANDER, 0)).toEqual(DONE);
    resolve(DONE);
    await first;
    expect(await walk(process, BYSTANDER, 3)).toEqual(DONE);
    expect(walked.toSorted()).toEqual([SUSPECT, BYSTANDER, BYSTANDER].toSorted());
    expect((await hash(BYSTANDER)).state).toBe('pending');
  });

  it('walks a few that were lost once at a time, and lets them end before one is walked alone', async () => {
    const process = worker();
    const { promise, resolve } = Promise.withResolvers<StageResult>();
    const asked = Array.from({ length: 30 }, () => walk(process, BYSTANDER, 1, () => promise));
    expect(walked).toHaveLength(25);
    expect(await walk(process, SUSPECT, 2)).toEqual(AWAY);
    resolve(DONE);
    expect((await Promise.all(asked)).filter(({ kind }) => kind === 'later')).toHaveLength(5);
    expect(await walk(process, BYSTANDER, 1)).toEqual(AWAY);
    expect(await walk(process, SUSPECT, 2)).toEqual(DONE);
  });

  describe('with many others in hand that nobody suspects', () => {
    const HELD = Promise.withResolvers<StageResult>();
    /** So many walks that go on. */
    const crowd = (process: Quarantine, count: number): Promise<StageResult>[] =>
      Array.from({ length: count }, () => walk(process, BYSTANDER, 0, () => HELD.promise));

    it('blames nobody for a third death, and for a fourth whom it walks with hardly anybody beside', async () => {
      const dying = worker();
      void crowd(dying, 4);
      void walk(dying, SUSPECT, 2, () => HELD.promise);
      await until(() => Promise.resolve(walked.includes(SUSPECT)));
      expect(await hash(SUSPECT)).not.toHaveProperty('alone');
      // That worker was killed for whatever reason. The next one lets nobody new in until few are in hand.
      const next = worker();
      const held = Promise.withResolvers<StageResult>();
      const others = Array.from({ length: 4 }, () => walk(next, BYSTANDER, 0, () => held.promise));
      expect(await walk(next, SUSPECT, 3)).toEqual(AWAY);
      expect(await walk(next, BYSTANDER, 0)).toEqual(AWAY);
      expect(await walk(next, BYSTANDER, 1)).toEqual(AWAY);
      held.resolve(DONE);
      await Promise.all(others);
      const judged = Promise.withResolvers<StageResult>();
      const walking = walk(next, SUSPECT, 3, () => judged.promise);
      await until(async () => 'alone' in (await hash(SUSPECT)));
      void crowd(next, 3);
      expect(await walk(next, BYSTANDER, 0)).toEqual(AWAY);
      judged.resolve(DONE);
      // It was an innocent one: it ends like any other.
      expect(await walking).toEqual(DONE);
      expect(await hash(SUSPECT)).not.toHaveProperty('alone');
      dies(SUSPECT, 3);
      await until(async () => 'alone' in (await hash(SUSPECT)));
      const third = worker();
      void crowd(third, 9);
      expect(await walk(third, SUSPECT, 4)).toEqual(DONE);
      expect(await hash(SUSPECT)).toMatchObject({ state: 'failed', failure: POISON });
    });

    it('acquits the one it walks alone before many come beside it', async () => {
      const process = worker();
      const held = Promise.withResolvers<StageResult>();
      const walking = walk(process, SUSPECT, 2, () => held.promise);
      await until(async () => 'alone' in (await hash(SUSPECT)));
      void crowd(process, 3);
      expect(await hash(SUSPECT)).toHaveProperty('alone');
      const fourth = walk(process, BYSTANDER, 0, async () => {
        expect(await hash(SUSPECT)).not.toHaveProperty('alone');
        return DONE;
      });
      expect(await fourth).toEqual(DONE);
      held.resolve(DONE);
      expect(await walking).toEqual(DONE);
    });
  });

  it.each([
    ['ends well', () => Promise.resolve(DONE)],
    ['fails', () => Promise.reject(new Error('a bug'))],
    ['is given back', () => Promise.resolve({ kind: 'later', inMs: 5 } as const)],
  ])('holds nothing against a company whose walk alone %s', async (_how, how) => {
    const process = worker();
    await Promise.allSettled([walk(process, SUSPECT, 2, how)]);
    expect(await hash(SUSPECT)).not.toHaveProperty('alone');
    await walk(process, SUSPECT, 2);
    expect(walked).toHaveLength(2);
  });

  it('makes no document of a company that is gone', async () => {
    await cell.redis.del(companies.key(run, SUSPECT));
    await walk(worker(), SUSPECT, 2);
    expect(await hash(SUSPECT)).toEqual({});
  });

  const until = async (holds: () => Promise<boolean>): Promise<void> =>
    waitUntil(holds, { timeoutMs: 20_000, what: 'the walk alone is written down' });
});
