import {
  BUCKETS,
  inputTotalsSchema,
  PHASES,
  runOutputSchema,
  STAGE_BUDGETS_MS,
  type Lead,
  type RunOutput,
  type StageVerdict,
} from '#libs/contracts';
import { companyLabel } from '#libs/domain';
import { stageMsField, vendorUsageFromHash, type RunHash } from '#libs/run-state';

/** Failed companies named in the output; the leads file lists all. */
const FAILED_LISTED = 100;

export interface ExportedRun {
  hash: RunHash;
  leads: readonly Lead[];
  /** File kind → object key. */
  files: Readonly<Record<string, string>>;
  simulated: boolean;
}

/** What a finished run says of itself, from its stored facts and its leads. Pure. */
export function buildRunOutput({ hash, leads, files, simulated }: ExportedRun): RunOutput {
  const troubled = leads.filter(({ status }) => status !== 'complete');
  const buckets = Object.fromEntries(
    BUCKETS.map((bucket) => [bucket, leads.filter(({ score }) => score.bucket === bucket).length]),
  );
  const usage = vendorUsageFromHash(hash);
  const matched = Number(hash.matched ?? 0);
  return runOutputSchema.parse({
    message: message(leads, troubled.length, matched),
    input: hash.input === undefined ? null : inputTotalsSchema.parse(JSON.parse(hash.input)),
    matched,
    candidates: Number(hash.candidates ?? 0),
    leads: leads.length,
    buckets,
    failed: troubled.slice(0, FAILED_LISTED).map(({ company, problems }) => ({
      company_id: company.company_id,
      name: companyLabel(company),
      reason: problems.join('; '),
    })),
    failed_total: troubled.length,
    cost_micro_usd: usage.reduce((sum, { cost_micro }) => sum + cost_micro, 0),
    usage,
    verdicts: stageVerdicts(hash),
    warnings: matched === 0 ? ['no_company_matched'] : [],
    nearest_misses: matched === 0 ? nearestMisses(hash) : [],
    files,
    simulated,
  });
}

function nearestMisses({ nearest_misses: text }: RunHash): RunOutput['nearest_misses'] {
  return runOutputSchema.shape.nearest_misses.parse(text === undefined ? [] : JSON.parse(text));
}

function message(leads: readonly Lead[], troubled: number, matched: number): string {
  if (matched === 0) return 'No company matched the ideal-customer profile';
  const count = (bucket: string): number => leads.filter(({ score }) => score.bucket === bucket).length;
  const spread = BUCKETS.map((bucket) => `${count(bucket)} ${bucket}`).join(', ');
  const companies = leads.length === 1 ? '1 lead' : `${leads.length} leads`;
  return `${companies}: ${spread}${troubled === 0 ? '' : `; ${troubled} with problems`}`;
}

/** One verdict per stage that ran; enrich is judged by its slowest company, waiting for caps left out. */
function stageVerdicts(hash: RunHash): StageVerdict[] {
  const verdicts: StageVerdict[] = [];
  for (const stage of PHASES) {
    const ms = stage === 'enrich' ? hash.enrich_ms_max : hash[stageMsField(stage)];
    if (ms === undefined) continue;
    const duration = Number(ms);
    const budget = STAGE_BUDGETS_MS[stage];
    verdicts.push({
      stage,
      duration_ms: duration,
      budget_ms: budget,
      within: budget === null || duration <= budget,
    });
  }
  return verdicts;
}
