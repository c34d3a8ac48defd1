import { dirname } from 'node:path';
import { isErrorCode, type RunRecord } from '#libs/contracts';
import { errorCode, formatUsd, toError } from '#libs/kernel';
import { objectKeys, RUN_FILES, type ObjectStorage } from '#libs/object-storage';
import { exitCodeOfError, exitCodeOfRun } from '../exit-code';

/** The last line of stdout, whatever happened: a script reads this and nothing else. */
export interface ResultLine {
  event: 'result';
  exit_code: number;
  state: string;
  [member: string]: unknown;
}

/**
 * What a run came to. `run_dir` and `files` are places on this machine (or URLs) where files are; null while there are none.
 * What the workers have written where this machine does not see it is in `files_elsewhere`, by its key below their
 * `LEADGEN_STORAGE_DIR`.
 */
export async function resultOfRun(run: RunRecord, storage: ObjectStorage): Promise<ResultLine> {
  const { output } = run;
  const { here, elsewhere } = await filesOf(output?.files ?? {}, storage);
  return {
    event: 'result',
    exit_code: exitCodeOfRun(run),
    state: run.state,
    tenant_id: run.request.tenant_id,
    thread_id: run.thread_id,
    run_id: run.run_id,
    message: run.status.message,
    run_dir: await runDirectory(run, storage),
    ...(run.problem && { error: run.problem }),
    ...(output && {
      input: output.input,
      matched: output.matched,
      candidates: output.candidates,
      leads: output.leads,
      buckets: output.buckets,
      ...(run.request.new_only === true && { delivered_before: output.delivered_before }),
      failed: output.failed,
      failed_total: output.failed_total,
      cost_usd: formatUsd(output.cost_micro_usd),
      saved_usd: formatUsd(output.saved_micro_usd),
      ...(output.simulated && {
        simulated_cost_usd: formatUsd(output.simulated_cost_micro_usd),
        simulated_saved_usd: formatUsd(output.simulated_saved_micro_usd),
      }),
      usage: output.usage,
      providers: output.providers,
      ...(output.estimate && { estimate: output.estimate }),
      verdicts: output.verdicts,
      warnings: output.warnings,
      nearest_misses: output.nearest_misses,
      files: here,
      ...(Object.keys(elsewhere).length > 0 && { files_elsewhere: elsewhere }),
      simulated: output.simulated,
    }),
  };
}

/** What ended the command before or without a run. */
export function resultOfError(thrown: unknown): ResultLine {
  const error = toError(thrown);
  const code = errorCode(thrown);
  return {
    event: 'result',
    exit_code: exitCodeOfError(thrown),
    state: 'rejected',
    message: error.message,
    error: {
      code: code !== undefined && isErrorCode(code) ? code : 'internal',
      message: error.message,
    },
  };
}

/** The result in a sentence for a person: what went wrong, if something did. */
export function messageOfResult({ error, message }: ResultLine): string {
  const problem = error as { message?: string } | undefined;
  return problem?.message ?? String(message);
}

type Places = Readonly<Record<string, string>>;

async function filesOf(keys: Places, storage: ObjectStorage): Promise<{ here: Places; elsewhere: Places }> {
  const files = await Promise.all(
    Object.entries(keys).map(async ([kind, key]) => ({ kind, key, isHere: await storage.exists(key) })),
  );
  return {
    here: Object.fromEntries(
      files.filter(({ isHere }) => isHere).map(({ kind, key }) => [kind, storage.locate(key)]),
    ),
    elsewhere: Object.fromEntries(files.filter(({ isHere }) => !isHere).map(({ kind, key }) => [kind, key])),
  };
}

async function runDirectory(run: RunRecord, storage: ObjectStorage): Promise<string | null> {
  const keys = RUN_FILES.map((file) => objectKeys.runFile(run.request.tenant_id, run.run_id, file));
  const there = await Promise.all(keys.map((key) => storage.exists(key)));
  const first = keys[there.indexOf(true)];
  return first === undefined ? null : dirname(storage.locate(first));
}
