import { z } from 'zod';
import type { Settings } from '#libs/config';
import { errorCode, toError } from '#libs/kernel';
import type { RunList, RunSummary } from '#libs/run-state';
import { ApiClient } from '../loadtest/api-client';
import { fail, ok, unknown, warn, type Check, type Finding } from './check';

/** So many nights must have gone well before people are let onto it. */
const NIGHTS = 2;
const ANSWER_MS = 10_000;

const shownSchema = z.object({ run_id: z.string(), status_history: z.array(z.unknown()) });

interface RunChecksOptions {
  /** Undefined where there is no Redis to look into. */
  runs: RunList | undefined;
  tenantId: string | undefined;
  apiUrl: string | undefined;
  settings: Settings;
}

/** What cron's runs came to, whether the API shows them, and what that allows. */
export function runChecks({ runs, tenantId, apiUrl, settings }: RunChecksOptions): Check[] {
  let seen: Promise<RunSummary[] | undefined> | undefined;
  const cronRuns = (): Promise<RunSummary[] | undefined> => (seen ??= lastCronRuns(runs, tenantId));
  return [
    { id: 'cron runs', look: async () => judgeCronRuns(await cronRuns()) },
    {
      id: 'checkpoints',
      look: async () => checkpoints((await cronRuns())?.[0], apiUrl, settings.client.apiKey),
    },
    { id: 'chat', look: async () => judgeChat(settings.chat.mode, judgeCronRuns(await cronRuns())) },
  ];
}

async function lastCronRuns(
  runs: RunList | undefined,
  tenantId: string | undefined,
): Promise<RunSummary[] | undefined> {
  if (!runs || tenantId === undefined) return undefined;
  const page = await runs.page(tenantId, { source: 'cron' }, { limit: NIGHTS, after: null });
  return page.runs;
}

export function judgeCronRuns(
  runs: readonly Pick<RunSummary, 'run_id' | 'state' | 'created_at'>[] | undefined,
): Finding {
  if (runs === undefined) {
    return unknown(
      'which tenant’s runs is not said, or there is no REDIS_URL',
      'pass --tenant-id <id> and set REDIS_URL',
    );
  }
  const told = runs.map(({ state, created_at: at }) => `${at.slice(0, 10)} ${state}`).join(', ');
  if (runs.some(({ state }) => state !== 'completed')) {
    return fail(
      `the last ${NIGHTS} runs of cron: ${told}`,
      'leadgen status --tenant-id … --run-id … says why',
    );
  }
  if (runs.length < NIGHTS) {
    return warn(
      `${runs.length} run(s) of cron so far${told === '' ? '' : `: ${told}`}`,
      'wait for two nights',
    );
  }
  return ok(`the last ${NIGHTS} runs of cron completed: ${told}`);
}

/** Whoever has a thread's id must see over the API what cron's run did. */
async function checkpoints(
  run: RunSummary | undefined,
  apiUrl: string | undefined,
  key: string | undefined,
): Promise<Finding> {
  if (apiUrl === undefined || key === undefined) {
    return unknown(
      'no API or no key of it is given',
      'pass --api-url <url>, and the tenant’s key in LEADGEN_API_KEY',
    );
  }
  if (!run) return unknown('there is no run of cron to look for', 'pass --tenant-id, and wait for a night');
  const path = `/api/orchestrations/${run.thread_id}`;
  try {
    const client = new ApiClient(apiUrl, key);
    const shown = await client.json('GET', path, shownSchema, AbortSignal.timeout(ANSWER_MS));
    return shown.status_history.length > 0
      ? ok(`${path} shows ${shown.run_id} with ${shown.status_history.length} entries`)
      : fail(`${path} shows no history`, 'do the API and cron have the same REDIS_URL and LEADGEN_CELL?');
  } catch (error) {
    const code = errorCode(error) ?? 'no answer';
    return fail(
      `${path}: ${code}: ${toError(error).message}`,
      'do the API and cron have the same REDIS_URL and LEADGEN_CELL?',
    );
  }
}

/** The chat may be opened once cron's runs have gone well twice in a row. */
export function judgeChat(mode: Settings['chat']['mode'], { status }: Finding): Finding {
  const allowed = status === 'ok';
  if (mode === '0') return ok(`off${allowed ? '; it may be switched on' : ''}`);
  if (allowed) return ok(`ORCHESTRATOR_CHAT=${mode}, after two good nights`);
  if (status === 'unknown')
    return unknown('how cron’s runs went is not known', 'pass --tenant-id <id> and set REDIS_URL');
  return fail(
    `ORCHESTRATOR_CHAT=${mode} before two good nights in a row`,
    'unset ORCHESTRATOR_CHAT until then',
  );
}
