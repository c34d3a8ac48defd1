import { NO_BUDGETS, type LeadScore, type Phase, type RunPlan } from '#libs/contracts';
import type { CompanyRepository, RunRef, RunRepository } from '#libs/run-state';
import { companyNumber } from '#libs/testing';

const FULL: readonly Phase[] = ['plan', 'normalize', 'shortlist', 'enrich', 'score', 'export', 'summary'];

export const scored = (score: number): LeadScore => ({
  score,
  bucket: score >= 70 ? 'A' : score >= 50 ? 'B' : 'C',
  confidence: 1,
  features: [],
  rationale: 'Fits.',
});

export interface PreparedRun {
  stages?: readonly Phase[];
  companies: number;
  /** Fewer than `companies` if normalize gave up while adding them. */
  added?: number;
  sourceRunId?: string;
  threadId?: string;
  newOnly?: boolean;
  simulated?: boolean;
}

/** A run as normalize leaves it: planned, its companies stored, none of them walked. */
export async function prepareRun(
  runs: RunRepository,
  companies: CompanyRepository,
  {
    stages = FULL,
    companies: count,
    added = count,
    sourceRunId,
    threadId,
    newOnly,
    simulated = true,
  }: PreparedRun,
): Promise<RunRef> {
  const { tenantId, runId } = await runs.create(
    {
      tenant_id: 'acme',
      ...(threadId !== undefined && { thread_id: threadId }),
      input: 'run full pipeline',
      mode: 'full',
      limit: 50,
      export: ['csv', 'jsonl'],
      ...(newOnly !== undefined && { new_only: newOnly }),
    },
    { source: 'cli' },
  );
  const run = { tenantId, runId };
  await runs.transition(run, 'running', { event: 'run_start', message: 'go' });
  const plan: RunPlan = {
    icp: {},
    stages: [...stages],
    walk: {
      waterfalls: { crawl_website: [], find_contacts: [], verify_email: [] },
      titles: [],
      max_verifications: 0,
      max_email_finds: 0,
      policies: {},
    },
    budgets: NO_BUDGETS,
    weight: 1,
    simulated,
    source_run_id: sourceRunId ?? null,
  };
  await runs.announce(run, 'stage_completed', 'plan', 'planned', { plan: JSON.stringify(plan) });
  if (sourceRunId !== undefined) return run;
  const input = { rows: count, kept: count, merged: 0, rejected: 0 };
  await runs.announce(run, 'stage_completed', 'normalize', 'normalized', {
    input: JSON.stringify(input),
    matched: count,
    nearest_misses: '[{"name":"Near","pre_score":40,"missed":["industry"]}]',
  });
  const claim = await runs.adding.claim(run);
  if ('closed' in claim) throw new Error('a new run takes companies');
  const chunk = Array.from({ length: added }, (_, n) => ({
    company: companyNumber(n, { description: 'x'.repeat(200) }),
    match: { matched: true, pre_score: 50, reasons: [] },
    position: n + 1,
  }));
  await companies.create(run, claim.token, chunk);
  await runs.adding.advance(run, claim.token, { cursor: added, candidates: count });
  return run;
}

/** Ends the walks of the run's first companies well, scores falling from 90. */
export async function walkAll(companies: CompanyRepository, run: RunRef, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await companies.finish(run, companyNumber(n).company_id, {
      state: 'done',
      score: scored(90 - n * 10),
      failure: null,
      walkMs: 100,
    });
  }
}
