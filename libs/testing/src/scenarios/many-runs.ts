import { TERMINAL_RUN_STATES, type Lead, type RunState } from '#libs/contracts';
import { askApi, runFiles, type TestCell } from '../apps';
import { waitUntil } from '../redis';
import { dirname, join } from 'node:path';

/**
 * Terms under which a company is asked about at its website, and its contacts found and verified: with more steps, the
 * vendors' documented caps of a minute would decide how long a test takes.
 */
export const THREE_STEPS: Readonly<Record<string, unknown>> = {
  default: { waterfalls: { enrich_company: [], read_profile: [], find_email: [], find_signals: [] } },
};

export interface ManyRunsOptions {
  runs: number;
  companies: number;
  /** So many different inputs, each of its own tenant; runs of one kind must end in the same leads. */
  kinds: number;
}

export interface RunOutcome {
  kind: number;
  state: RunState;
  leads: Lead[];
}

interface View {
  run_id: string;
  tenant_id: string;
  state: RunState;
  output: { files: Record<string, string> } | null;
}

const PATIENCE_MS = 280_000;

/** Posts many runs at once to the cell's API, waits until all have ended, and answers each one's leads. */
export async function runMany(
  cell: TestCell,
  { runs, companies, kinds }: ManyRunsOptions,
): Promise<{ outcomes: RunOutcome[]; tookMs: number }> {
  const started = performance.now();
  const accepted = await Promise.all(
    Array.from({ length: runs }, (_, i) => postRunOfKind(cell, i % kinds, companies)),
  );
  const ended = new Map<string, View>();
  await waitUntil(
    async () => {
      for (const { run_id: id, tenant_id: tenant } of accepted) {
        if (ended.has(id)) continue;
        const view = (await askApi(cell, tenant, `/${id}`)) as View;
        // The first run that still goes on: the others are asked in the next round.
        if (!TERMINAL_RUN_STATES.includes(view.state)) return false;
        ended.set(id, view);
      }
      return true;
    },
    { timeoutMs: PATIENCE_MS, what: `${runs} runs have ended` },
  );
  const tookMs = performance.now() - started;
  const outcomes = await Promise.all(
    accepted.map(async ({ run_id: id }, i): Promise<RunOutcome> => {
      const view = ended.get(id);
      const file = join(cell.dataDir, 'objects', view?.output?.files.leads_jsonl ?? '');
      const leads = view?.output ? await runFiles.jsonl(dirname(file), 'leads.jsonl') : [];
      return { kind: i % kinds, state: view?.state ?? 'failed', leads: leads as unknown as Lead[] };
    }),
  );
  return { outcomes, tookMs };
}

/** The domain of the `n`-th company of a kind. */
export function domainOfKind(kind: number, n: number): string {
  return `kind${kind}-company${n}.com`;
}

async function postRunOfKind(cell: TestCell, kind: number, companies: number): Promise<View> {
  return (await askApi(cell, `tenant-${kind}`, '', {
    input: 'run full pipeline',
    icp_payload: { industries: ['software'] },
    limit: companies,
    companies: Array.from({ length: companies }, (_, n) => ({
      name: `Company ${n} of ${kind}`,
      website: domainOfKind(kind, n),
      country: 'US',
      industry: 'software',
    })),
  })) as View;
}
