import { dirname, join } from 'node:path';
import { TERMINAL_RUN_STATES, type RunOutput, type RunState } from '#libs/contracts';
import { waitUntil } from '../redis';
import type { TestCell } from './start-test-cell';

export interface RunToPost {
  tenant: string;
  /** Their websites; the name of each is made of its website unless `nameOf` says otherwise. */
  websites: readonly string[];
  nameOf?: (website: string) => string;
  budgetMicroUsd?: number;
}

/** A run that the API has accepted. */
export interface PostedRun {
  tenant: string;
  runId: string;
}

/** A run as the API shows it. */
export interface RunView {
  run_id: string;
  state: RunState;
  pause_reason: string | null;
  status: { phase: string; message: string };
  status_history: { message: string }[];
  counters: Record<string, number>;
  output: RunOutput | null;
}

/** Starts a run over the cell's API; the cell must have one. */
export async function postRun(
  cell: TestCell,
  { tenant, websites, nameOf = (website) => `Company at ${website}`, budgetMicroUsd }: RunToPost,
): Promise<PostedRun> {
  const { run_id: runId } = (await askApi(cell, tenant, '', {
    input: 'run full pipeline',
    icp_payload: {},
    limit: websites.length,
    companies: websites.map((website) => ({ name: nameOf(website), website })),
    ...(budgetMicroUsd !== undefined && { budget_micro_usd: budgetMicroUsd }),
  })) as RunView;
  return { tenant, runId };
}

/** `count` websites of companies that no other `tag` has. */
export function websitesOf(tag: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${tag}-company${i + 1}.com`);
}

export async function viewRun(cell: TestCell, { tenant, runId }: PostedRun): Promise<RunView> {
  return (await askApi(cell, tenant, `/${runId}`)) as RunView;
}

/** Waits until the run is as `holds` says; answers it then. */
export async function untilRun(
  cell: TestCell,
  run: PostedRun,
  holds: (view: RunView) => boolean,
  { timeoutMs = 120_000, what = 'the run has ended' } = {},
): Promise<RunView> {
  let view = await viewRun(cell, run);
  await waitUntil(
    async () => {
      view = await viewRun(cell, run);
      return holds(view);
    },
    { timeoutMs, what: `${what} (${run.tenant} ${run.runId})` },
  ).catch((error: unknown) => {
    throw new Error(`it is ${view.state}: ${view.status.message}`, { cause: error });
  });
  return view;
}

export function hasEnded({ state }: RunView): boolean {
  return TERMINAL_RUN_STATES.includes(state);
}

/** The folder of an ended run's files. */
export function runFolder(cell: TestCell, { output }: RunView): string {
  return dirname(join(cell.dataDir, 'objects', Object.values(output?.files ?? {})[0] ?? ''));
}

/** Asks `/api/orchestrations<path>` in the name of a tenant; throws unless the answer is a success. */
export async function askApi(cell: TestCell, tenant: string, path: string, body?: unknown): Promise<unknown> {
  const url = `${String(cell.api?.ready.url)}/api/orchestrations${path}`;
  const authorization = await cell.authorization(tenant);
  const response = await fetch(url, {
    headers: { ...authorization, 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}
