import {
  BUCKETS,
  inputTotalsSchema,
  PHASES,
  runOutputSchema,
  stageBudgetMs,
  type RunOutput,
  type RunPlan,
  type StageVerdict,
} from '#libs/contracts';
import { companyLabel, type UnrankedLead } from '#libs/domain';
import { counted } from '#libs/kernel';
import { stageMsField, vendorUsageFromHash, type RunHash } from '#libs/run-state';

/** What the output tells of the leads. */
interface LeadTotals {
  count: number;
  buckets: RunOutput['buckets'];
  /** Leads with a problem, and the first of them. */
  troubledCount: number;
  troubled: readonly UnrankedLead[];
}

export interface ExportedRun {
  hash: RunHash;
  leads: LeadTotals;
  /** File kind → object key. */
  files: Readonly<Record<string, string>>;
  plan: RunPlan;
  /** Candidates of the shortlist that no job was ever added for, since normalize gave up while adding them. */
  neverStarted: number;
}

/** What a finished run says of itself, from its stored facts and its leads. Pure. */
export function buildRunOutput(run: ExportedRun): RunOutput {
  const { hash, leads, files, plan, neverStarted } = run;
  const usage = vendorUsageFromHash(hash);
  const matched = Number(hash.matched ?? 0);
  const nothingMatched = plan.stages.includes('shortlist') && matched === 0;
  return runOutputSchema.parse({
    message: nothingMatched ? 'No company matched the ideal-customer profile' : message(run),
    input: hash.input === undefined ? null : inputTotalsSchema.parse(JSON.parse(hash.input)),
    matched,
    candidates: Number(hash.candidates ?? 0),
    leads: leads.count,
    buckets: leads.buckets,
    failed: leads.troubled.map(({ company, problems }) => ({
      company_id: company.company_id,
      name: companyLabel(company),
      reason: problems.join('; '),
    })),
    failed_total: leads.troubledCount + neverStarted,
    cost_micro_usd: usage.reduce((sum, { cost_micro }) => sum + cost_micro, 0),
    usage,
    verdicts: stageVerdicts(hash, leads.count),
    warnings: [
      ...(nothingMatched ? ['no_company_matched'] : []),
      ...(neverStarted > 0 ? ['companies_never_started'] : []),
    ],
    nearest_misses: nothingMatched ? nearestMisses(hash) : [],
    files,
    simulated: plan.simulated,
  });
}

function nearestMisses({ nearest_misses: text }: RunHash): RunOutput['nearest_misses'] {
  return runOutputSchema.shape.nearest_misses.parse(text === undefined ? [] : JSON.parse(text));
}

function message({ hash, leads, plan, neverStarted }: ExportedRun): string {
  if (!plan.stages.includes('score')) {
    return `${counted(Number(hash.matched ?? 0), 'company', 'companies')} matched, ${hash.candidates ?? 0} selected; none was enriched`;
  }
  const spread = BUCKETS.map((bucket) => `${leads.buckets[bucket]} ${bucket}`).join(', ');
  return [
    `${counted(leads.count, 'lead')}: ${spread}`,
    ...(leads.troubledCount > 0 ? [`${leads.troubledCount} with problems`] : []),
    ...(neverStarted > 0 ? [`${neverStarted} selected companies were never started`] : []),
  ].join('; ');
}

/** One verdict per stage that ran; enrich is judged by its slowest company, waiting for caps left out. */
function stageVerdicts(hash: RunHash, leads: number): StageVerdict[] {
  const verdicts: StageVerdict[] = [];
  for (const stage of PHASES) {
    const ms = stage === 'enrich' ? hash.enrich_ms_max : hash[stageMsField(stage)];
    if (ms === undefined) continue;
    const duration = Number(ms);
    const budget = stageBudgetMs(stage, leads);
    verdicts.push({
      stage,
      duration_ms: duration,
      budget_ms: budget,
      within: budget === null || duration <= budget,
    });
  }
  return verdicts;
}
