import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InputTotals } from '#libs/contracts';
import type { MeasuredRun } from './measured-run';
import { plainCsvPass } from './plain-csv-pass';
import { writeDirtyFile } from './write-dirty-file';

export interface NormalizeResult {
  bench: 'normalize';
  rows: number;
  input_mb: number;
  totals: InputTotals;
  seconds: number;
  seconds_max: number;
  rows_per_second: number;
  /** Of the whole process that normalizes and shortlists. */
  rss_mb: number;
  rss_mb_max: number;
  /** How many times as long as only parsing the file takes. */
  times_plain_csv_pass: number;
  passed: boolean;
}

export interface NormalizeLimits {
  rows: number;
  secondsMax: number;
  rssMbMax: number;
}

const MB = 1024 * 1024;
const SEED = 1;
/** As bin/leadgen starts Node. */
const FLAGS = ['--enable-source-maps', '--max-semi-space-size=16'];

/** Normalizes and shortlists a generated file in a process of its own: time and memory, both within limits. */
export async function benchNormalize({
  rows,
  secondsMax,
  rssMbMax,
}: NormalizeLimits): Promise<NormalizeResult> {
  const directory = await mkdtemp(join(tmpdir(), 'leadgen-bench-'));
  try {
    const file = join(directory, 'dirty.csv');
    await writeDirtyFile(file, rows, SEED);
    const { size } = await stat(file);
    const plainMs = await plainCsvPass(file);
    const { totals, elapsedMs, rssMaxBytes } = await normalizeInProcess(file, directory);
    const seconds = elapsedMs / 1_000;
    const rssMb = rssMaxBytes / MB;
    return {
      bench: 'normalize',
      rows,
      input_mb: Math.round(size / MB),
      totals,
      seconds: Math.round(seconds * 10) / 10,
      seconds_max: secondsMax,
      rows_per_second: Math.round(rows / seconds),
      rss_mb: Math.round(rssMb),
      rss_mb_max: rssMbMax,
      times_plain_csv_pass: Math.round((elapsedMs / plainMs) * 10) / 10,
      passed: seconds <= secondsMax && rssMb <= rssMbMax && totals.rows === rows,
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function normalizeInProcess(file: string, directory: string): Promise<MeasuredRun> {
  const child = fork(join(__dirname, 'normalize-process.js'), [file, directory], { execArgv: FLAGS });
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`normalizing ended with exit code ${String(code)}`);
  });
  const [run] = (await Promise.race([once(child, 'message'), exited])) as [MeasuredRun];
  return run;
}
