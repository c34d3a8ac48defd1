import { NO_BUDGETS, type Operation, type RunPlan } from '#libs/contracts';
import { jobIds, RunFlow } from '#libs/queue';
import { CellKeys, createRedis, workerConnectionOptions } from '#libs/redis';
import { CompanyRepository, RunRepository } from '#libs/run-state';
import { AddCompaniesStage } from '../../apps/normalize/src/add-companies.stage';
import { benchCandidate } from './bench-company';
import { childrenEnded } from './children-ended';

/** What is asked about each company, in the walk's order. */
const OPERATIONS_ASKED: readonly Operation[] = ['crawl_website', 'enrich_company', 'find_signals'];

function planOf(calls: number): RunPlan {
  return {
    icp: { industries: ['software'] },
    stages: ['plan', 'normalize', 'shortlist', 'enrich', 'score', 'export', 'summary'],
    walk: {
      waterfalls: Object.fromEntries(OPERATIONS_ASKED.slice(0, calls).map((op) => [op, ['instant']])),
      titles: [],
      max_verifications: 0,
      max_email_finds: 0,
      policies: {},
    },
    budgets: NO_BUDGETS,
    weight: 1,
    simulated: true,
    source_run_id: null,
  };
}

/**
 * Our pipeline from the first candidate stored until the last company is walked, scored and saved, `calls` gated calls
 * each (at most three).
 * `firstCompany` keeps the companies of one run apart from another's: nothing may come from the ledger.
 * Answers the milliseconds.
 */
export async function timeOurFlow(
  redisUrl: string,
  cell: string,
  companies: number,
  firstCompany: number,
  calls: number,
): Promise<number> {
  const plan = planOf(calls);
  const keys = new CellKeys(cell);
  const connection = workerConnectionOptions();
  const redis = createRedis(redisUrl, connection);
  await redis.connect();
  const runs = new RunRepository(redis, keys);
  const repository = new CompanyRepository(redis, keys);
  const flow = new RunFlow({ redisUrl, keys, connection });
  const run = await runs.create(
    { tenant_id: 'acme', input: 'run full pipeline', mode: 'full', limit: companies, export: ['csv'] },
    { source: 'cli' },
  );
  await flow.addRun(run);
  await runs.transition(run, 'running', {
    event: 'run_start',
    message: 'bench',
    fields: { plan: JSON.stringify(plan) },
  });
  const candidates = Array.from({ length: companies }, (_, i) => benchCandidate(firstCompany + i));
  const record = await runs.get(run);

  const started = performance.now();
  await new AddCompaniesStage(runs, repository, flow).add(
    run,
    record,
    plan,
    { count: companies, candidates },
    new AbortController().signal,
  );
  await childrenEnded(redis, `${keys.bullPrefix()}:export:${jobIds.export(run.runId)}`);
  const elapsed = performance.now() - started;

  const { counters } = await runs.get(run);
  if (counters.done !== companies) {
    throw new Error(`${counters.done} of ${companies} companies done, ${counters.failed} failed`);
  }
  await flow.close();
  await redis.quit();
  return elapsed;
}
