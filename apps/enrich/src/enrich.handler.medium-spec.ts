import { appError, STAGES } from '#libs/contracts';
import { createLogger } from '#libs/observability';
import type { StageContext } from '#libs/queue';
import { CapPause, CompanyRepository, RunRepository, type RunRef } from '#libs/run-state';
import { useTestRedis } from '#libs/testing';
import { EnrichHandler } from './enrich.handler';
import type { PlanCache } from './plan-cache';
import { Quarantine } from './quarantine';
import type { CompanyWalk } from './walk/company-walk';

const PARKED = `c_${'a'.repeat(16)}`;
const SLOW = `c_${'b'.repeat(16)}`;
const CLOSED = { vendor: 'sonar', opensInMs: 3_600_000, why: 'closed by a person' };

describe('a company whose walk ends for good, on a real Redis', () => {
  const cell = useTestRedis();
  let runs: RunRepository;
  let companies: CompanyRepository;
  let run: RunRef;

  beforeEach(async () => {
    runs = new RunRepository(cell.redis, cell.keys);
    companies = new CompanyRepository(cell.redis, cell.keys);
    run = await runs.create(
      { tenant_id: 'acme', input: 'go', mode: 'full', limit: 2, export: ['csv'] },
      { source: 'cli' },
    );
    await runs.transition(run, 'running', { event: 'run_start', message: 'go' });
    await cell.redis.hset(cell.keys.run('acme', run.runId), { cursor: 2, candidates: 2 });
    for (const id of [PARKED, SLOW])
      await cell.redis.hset(companies.key(run, id), { state: 'pending', base: '{}' });
    const toLane = { from: 'job-h0', to: 'job-h1', lane: 'sonar', walkedMs: 0, tries: 0 };
    await companies.move(run, PARKED, toLane);
  });

  /** Walks the slow one, which is interrupted for that reason. */
  async function interrupted(reason: Error, attempt: number): Promise<unknown> {
    const ending = new AbortController();
    const walk = {
      advance: () => {
        ending.abort(reason);
        return Promise.reject(new Error('The operation was aborted'));
      },
    };
    const plans = { get: () => Promise.resolve({}) };
    const quarantine = new Quarantine(companies, createLogger({ app: 'enrich', level: 'silent' }));
    const handler = new EnrichHandler(
      plans as unknown as PlanCache,
      walk as unknown as CompanyWalk,
      companies,
      quarantine,
    );
    const context: StageContext = {
      jobId: 'slow-h0',
      lane: null,
      attempt,
      lostBy: 0,
      signal: ending.signal,
      pendingChildren: () => Promise.resolve(0),
    };
    const payload = { v: 1 as const, tenantId: 'acme', runId: run.runId, companyId: SLOW, epoch: 0, hop: 0 };
    return handler.handle(payload, context).catch((error: unknown) => error);
  }

  /** The pass of whoever watches caps. */
  const watch = (): Promise<void> =>
    new CapPause(
      cell.redis,
      cell.keys,
      runs,
      { standings: () => Promise.resolve(new Map([['sonar', CLOSED]])) },
      (_run, error) => {
        throw error;
      },
    ).pass();
  const states = async (): Promise<unknown[]> => [
    await runs.state(run),
    await cell.redis.hget(companies.key(run, SLOW), 'state'),
  ];

  it('by its deadline at the last attempt is counted as failed at once: it must not keep its run from pausing with the others', async () => {
    const error = await interrupted(appError('stage_timeout', 'too long'), STAGES.enrich.attempts);
    expect(error).toMatchObject({ code: 'stage_timeout' });
    await watch();
    expect(await states()).toEqual(['paused', 'failed']);
  });

  it.each([
    ['another worker has its job', () => appError('lock_lost', 'lost'), STAGES.enrich.attempts],
    ['its worker stops', () => appError('worker_draining', 'stops'), STAGES.enrich.attempts],
    ['it is tried again', () => appError('stage_timeout', 'too long'), STAGES.enrich.attempts - 1],
  ])('is not counted where %s', async (_why, reason, attempt) => {
    await interrupted(reason(), attempt);
    await watch();
    expect(await states()).toEqual(['running', 'pending']);
  });
});
