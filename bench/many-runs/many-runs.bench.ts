import { isDeepStrictEqual } from 'node:util';
import { domainOfKind, runMany, startTestCell, THREE_STEPS, type RunOutcome } from '#libs/testing';

export interface ManyRunsResult {
  bench: 'many_runs';
  runs: number;
  companies_each: number;
  seconds: number;
  /** Ended `completed` with every company. */
  whole: number;
  /** Leads of another run's companies. */
  strangers: number;
  /** Runs whose leads are those of the first run with the same input. */
  identical: number;
  /** Purchases the vendors saw more than once, and requests they refused. */
  bought_twice: number;
  over_cap: number;
  passed: boolean;
}

/** Runs at once, on two workers of each stage, as users start them: over HTTP, the vendors simulated with their real caps. */
export async function benchManyRuns(runs: number, companies: number): Promise<ManyRunsResult> {
  const cell = await startTestCell({
    workers: { normalize: 2, enrich: 2, export: 2 },
    api: true,
    tenants: THREE_STEPS,
  });
  try {
    const { outcomes, tookMs } = await runMany(cell, { runs, companies, kinds: runs / 5 });
    const ledger = (await cell.control('GET', 'ledger')) as VendorsBooks;
    const whole = outcomes.filter(
      (run) => run.state === 'completed' && run.leads.length === companies,
    ).length;
    const strangers = outcomes.reduce((sum, run) => sum + strangersIn(run, companies), 0);
    const identical = outcomes.filter(({ kind, leads }) =>
      isDeepStrictEqual(leads, outcomes[kind]?.leads),
    ).length;
    const overCap = Object.values(ledger.vendors).reduce(
      (sum, { refused }) => sum + (refused.rate_limit ?? 0),
      0,
    );
    return {
      bench: 'many_runs',
      runs,
      companies_each: companies,
      seconds: Math.round(tookMs / 100) / 10,
      whole,
      strangers,
      identical,
      bought_twice: ledger.duplicates,
      over_cap: overCap,
      passed:
        whole === runs && strangers === 0 && identical === runs && ledger.duplicates === 0 && overCap === 0,
    };
  } finally {
    await cell.stop();
  }
}

interface VendorsBooks {
  vendors: Record<string, { refused: { rate_limit?: number } }>;
  duplicates: number;
}

function strangersIn({ kind, leads }: RunOutcome, companies: number): number {
  const own = new Set(Array.from({ length: companies }, (_, n) => domainOfKind(kind, n)));
  return leads.filter(({ company }) => !own.has(company.domain ?? '')).length;
}
