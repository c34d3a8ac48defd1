import {
  BUCKETS,
  inputTotalsSchema,
  PHASES,
  runEstimateSchema,
  runOutputSchema,
  stageBudgetMs,
  type ProviderStats,
  type RunEstimate,
  type RunOutput,
  type RunPlan,
  type StageVerdict,
  type VendorUsage,
} from '#libs/contracts';
import { companyLabel, estimateText, type UnrankedLead } from '#libs/domain';
import { counted, readableUsd, type MicroUsd } from '#libs/kernel';
import { stageMsField, vendorUsageFromHash, type RunHash } from '#libs/run-state';

/** What the output tells of the leads. */
interface LeadTotals {
  count: number;
  buckets: RunOutput['buckets'];
  /** Leads with a problem, and the first of them. */
  troubledCount: number;
  troubled: readonly UnrankedLead[];
  providers: readonly ProviderStats[];
  /** Leads for which something was left out for lack of budget. */
  outOfBudgetCount: number;
  /** Companies on the suppression list, and the first of them. */
  suppressed: { total: number; listed: readonly { company_id: string; name: string }[] };
  /** Companies left out since they were delivered before. */
  deliveredCount: number;
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

type MoneyMember = Extract<keyof RunOutput, `${string}_micro_usd`>;

/** What a finished run says of itself, from its stored facts and its leads. Pure. */
export function buildRunOutput(run: ExportedRun): RunOutput {
  const { hash, leads, files, plan, neverStarted } = run;
  const usage = vendorUsageFromHash(hash).map((of) => ({ ...of, simulated: plan.simulated }));
  const matched = Number(hash.matched ?? 0);
  const nothingMatched = plan.stages.includes('shortlist') && matched === 0;
  return runOutputSchema.parse({
    message: `${nothingMatched ? 'No company matched the ideal-customer profile' : message(run)}${excludedText(hash)}`,
    input: hash.input === undefined ? null : inputTotalsSchema.parse(JSON.parse(hash.input)),
    matched,
    excluded: Number(hash.excluded ?? 0),
    candidates: Number(hash.candidates ?? 0),
    leads: leads.count,
    buckets: leads.buckets,
    failed: leads.troubled.map(({ company, problems }) => ({
      company_id: company.company_id,
      name: companyLabel(company),
      reason: problems.join('; '),
    })),
    failed_total: leads.troubledCount + neverStarted,
    suppressed: leads.suppressed.listed,
    suppressed_total: leads.suppressed.total,
    delivered_before: deliveredBefore(run),
    ...moneyOf(usage, plan),
    usage,
    providers: leads.providers,
    estimate: estimateOf(hash),
    verdicts: stageVerdicts(hash, leads.count),
    warnings: [
      ...(nothingMatched ? ['no_company_matched'] : []),
      ...(neverStarted > 0 ? ['companies_never_started'] : []),
      ...(leads.outOfBudgetCount > 0 ? ['budget_used_up'] : []),
    ],
    nearest_misses: nothingMatched ? nearestMisses(hash) : [],
    files,
    simulated: plan.simulated,
  });
}

function nearestMisses({ nearest_misses: text }: RunHash): RunOutput['nearest_misses'] {
  return runOutputSchema.shape.nearest_misses.parse(text === undefined ? [] : JSON.parse(text));
}

function estimateOf({ estimate: text }: RunHash): RunEstimate | null {
  return text === undefined ? null : runEstimateSchema.parse(JSON.parse(text));
}

/** Simulated money is never told as money: whoever adds up costs adds up what was paid. */
function moneyOf(usage: readonly VendorUsage[], { simulated }: RunPlan): Record<MoneyMember, MicroUsd> {
  const [cost, saved] = [sum(usage, 'cost_micro'), sum(usage, 'saved_micro')];
  return {
    cost_micro_usd: simulated ? 0 : cost,
    saved_micro_usd: simulated ? 0 : saved,
    simulated_cost_micro_usd: simulated ? cost : 0,
    simulated_saved_micro_usd: simulated ? saved : 0,
  };
}

function sum(usage: readonly VendorUsage[], member: 'cost_micro' | 'saved_micro'): MicroUsd {
  return usage.reduce((total, of) => total + of[member], 0);
}

/** Left out of the shortlist, or handed over by another run while this one walked them. */
function deliveredBefore({ hash, leads }: ExportedRun): number {
  return Number(hash.left_out ?? 0) + leads.deliveredCount;
}

function excludedText({ excluded }: RunHash): string {
  const count = Number(excluded ?? 0);
  return count > 0 ? `; ${counted(count, 'company', 'companies')} excluded` : '';
}

function message(run: ExportedRun): string {
  const { hash, leads, plan, neverStarted } = run;
  if (!plan.stages.includes('score')) return dryMessage(hash);
  const spread = BUCKETS.map((bucket) => `${leads.buckets[bucket]} ${bucket}`).join(', ');
  return [
    `${counted(leads.count, 'lead')}: ${spread}`,
    ...(leads.troubledCount > 0 ? [`${leads.troubledCount} with problems`] : []),
    ...(leads.suppressed.total > 0 ? [`${leads.suppressed.total} suppressed`] : []),
    ...(deliveredBefore(run) > 0 ? [`${deliveredBefore(run)} delivered before`] : []),
    ...(neverStarted > 0 ? [`${neverStarted} selected companies were never started`] : []),
    ...(leads.outOfBudgetCount > 0
      ? [`the budget did not last for ${counted(leads.outOfBudgetCount, 'company', 'companies')}`]
      : []),
    ...costMessage(vendorUsageFromHash(hash), plan),
  ].join('; ');
}

/** Of a run that enriches nothing: what it would take. */
function dryMessage(hash: RunHash): string {
  const matched = counted(Number(hash.matched ?? 0), 'company', 'companies');
  const estimate = estimateOf(hash);
  return [
    `${matched} matched, ${hash.candidates ?? 0} selected; none was enriched`,
    ...(estimate ? [`Enriching ${estimateText(estimate)}`] : []),
  ].join('. ');
}

/** What was spent, or would have been, and what the ledger spared; nothing of a run that had neither. */
function costMessage(usage: readonly VendorUsage[], { simulated }: RunPlan): string[] {
  const [cost, saved] = [sum(usage, 'cost_micro'), sum(usage, 'saved_micro')];
  if (cost === 0 && saved === 0) return [];
  const spared = saved > 0 ? `, $${readableUsd(saved)} saved by the ledger` : '';
  return [`$${readableUsd(cost)} ${simulated ? 'simulated, nothing spent' : 'spent'}${spared}`];
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
