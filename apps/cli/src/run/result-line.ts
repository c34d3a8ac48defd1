import { dirname } from 'node:path';
import { isErrorCode, type RunRecord } from '#libs/contracts';
import { errorCode, formatUsd, toError } from '#libs/kernel';
import { objectKeys, type ObjectStorage } from '#libs/object-storage';
import { exitCodeOfError, exitCodeOfRun } from '../exit-code';

/** The last line of stdout, whatever happened: a script reads this and nothing else. */
export interface ResultLine {
  event: 'result';
  exit_code: number;
  state: string;
  [member: string]: unknown;
}

/** What a run came to. `run_dir` and `files` are places on this machine (or URLs) where the files are. */
export function resultOfRun(run: RunRecord, storage: ObjectStorage): ResultLine {
  const { output } = run;
  return {
    event: 'result',
    exit_code: exitCodeOfRun(run),
    state: run.state,
    tenant_id: run.request.tenant_id,
    thread_id: run.thread_id,
    run_id: run.run_id,
    message: run.status.message,
    run_dir: runDirectory(run, storage),
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
      files: Object.fromEntries(
        Object.entries(output.files).map(([kind, key]) => [kind, storage.locate(key)]),
      ),
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

function runDirectory(run: RunRecord, storage: ObjectStorage): string {
  return dirname(storage.locate(objectKeys.runFile(run.request.tenant_id, run.run_id, 'summary.json')));
}
