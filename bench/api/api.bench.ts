import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { startTestCell, type SpawnedApp } from '#libs/testing';

export interface ApiResult {
  bench: 'api';
  connections: number;
  /** Requests a second, medians of the rounds. */
  bare_post_per_second: number;
  post_per_second: number;
  bare_get_per_second: number;
  get_per_second: number;
  /** Processor time that the serving process takes for a request, µs; medians. Says more than the rates on a busy machine; null where there is no /proc. */
  bare_post_cpu_us: number | null;
  post_cpu_us: number | null;
  bare_get_cpu_us: number | null;
  get_cpu_us: number | null;
  /** Of a Nest route that does one Lua call, in the same round; medians. */
  post_ratio: number;
  post_ratio_bar: number;
  get_ratio: number;
  get_ratio_bar: number;
  post_p99_ms: number;
  get_p99_ms: number;
  p99_ms_bar: number;
  /** Answers that were no success. */
  refused: number;
  passed: boolean;
}

const CONNECTIONS = 50;
const POST_RATIO_BAR = 0.35;
const GET_RATIO_BAR = 0.5;
const P99_BAR_MS = 100;
const BODY = JSON.stringify({
  input: 'run full pipeline',
  icp_payload: { industries: ['software'] },
  limit: 10,
});
const UNLIMITED = String(1_000_000);

interface Load {
  perSecond: number;
  cpuUs: number | null;
  p99Ms: number;
  refused: number;
}

/** Runs taken in and shown by one API process without workers, beside a bare Nest route that does one Lua call. */
export async function benchApi({ seconds, rounds }: { seconds: number; rounds: number }): Promise<ApiResult> {
  const cell = await startTestCell({
    workers: { normalize: 0, enrich: 0, export: 0 },
    api: true,
    env: {
      LEADGEN_LOG_LEVEL: 'warn',
      LEADGEN_API_RATE_PER_MINUTE: UNLIMITED,
      LEADGEN_API_RUNS_PER_MINUTE: UNLIMITED,
      LEADGEN_API_ACTIVE_RUNS_PER_TENANT: UNLIMITED,
    },
  });
  const bare = fork(join(__dirname, 'bare-api-worker.js'), [cell.redis.url]);
  try {
    const [{ url: bareUrl }] = (await once(bare, 'message')) as [{ url: string }];
    const headers = { ...(await cell.authorization('acme')), 'content-type': 'application/json' };
    const apiUrl = `${String((cell.api as SpawnedApp).ready.url)}/api/orchestrations`;
    const runUrl = `${apiUrl}/${await startRun(apiUrl, headers)}`;
    const [ours, theirs] = [(cell.api as SpawnedApp).pid, bare.pid ?? -1];
    const load = {
      barePost: () => fire(theirs, { url: `${bareUrl}/bare`, method: 'POST', body: BODY, headers }, seconds),
      post: () => fire(ours, { url: apiUrl, method: 'POST', body: BODY, headers }, seconds),
      bareGet: () => fire(theirs, { url: `${bareUrl}/bare`, headers }, seconds),
      get: () => fire(ours, { url: runUrl, headers }, seconds),
    };
    for (const warmUp of Object.values(load)) await warmUp();
    const measured: Record<keyof typeof load, Load>[] = [];
    for (let round = 0; round < rounds; round += 1) {
      measured.push({
        barePost: await load.barePost(),
        post: await load.post(),
        bareGet: await load.bareGet(),
        get: await load.get(),
      });
    }
    return resultOf(measured);
  } finally {
    bare.kill('SIGKILL');
    await cell.stop();
  }
}

function resultOf(rounds: readonly Record<'barePost' | 'post' | 'bareGet' | 'get', Load>[]): ApiResult {
  const perSecond = (name: keyof (typeof rounds)[0]): number =>
    Math.round(median(rounds.map((round) => round[name].perSecond)));
  const ratio = (ours: 'post' | 'get', bare: 'barePost' | 'bareGet'): number =>
    Math.round(median(rounds.map((round) => round[ours].perSecond / round[bare].perSecond)) * 100) / 100;
  const cpu = (name: keyof (typeof rounds)[0]): number | null => {
    const values = rounds.flatMap((round) => round[name].cpuUs ?? []);
    return values.length === 0 ? null : Math.round(median(values));
  };
  const p99 = (ours: 'post' | 'get'): number => median(rounds.map((round) => round[ours].p99Ms));
  const refused = rounds
    .flatMap((round) => Object.values(round))
    .reduce((sum, load) => sum + load.refused, 0);
  const figures = {
    post_ratio: ratio('post', 'barePost'),
    get_ratio: ratio('get', 'bareGet'),
    post_p99_ms: p99('post'),
    get_p99_ms: p99('get'),
  };
  return {
    bench: 'api',
    connections: CONNECTIONS,
    bare_post_per_second: perSecond('barePost'),
    post_per_second: perSecond('post'),
    bare_get_per_second: perSecond('bareGet'),
    get_per_second: perSecond('get'),
    bare_post_cpu_us: cpu('barePost'),
    post_cpu_us: cpu('post'),
    bare_get_cpu_us: cpu('bareGet'),
    get_cpu_us: cpu('get'),
    ...figures,
    post_ratio_bar: POST_RATIO_BAR,
    get_ratio_bar: GET_RATIO_BAR,
    p99_ms_bar: P99_BAR_MS,
    refused,
    passed:
      figures.post_ratio >= POST_RATIO_BAR &&
      figures.get_ratio >= GET_RATIO_BAR &&
      Math.max(figures.post_p99_ms, figures.get_p99_ms) <= P99_BAR_MS &&
      refused === 0,
  };
}

async function startRun(url: string, headers: Record<string, string>): Promise<string> {
  const response = await fetch(url, { method: 'POST', headers, body: BODY });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { run_id: string }).run_id;
}

async function fire(pid: number, options: autocannon.Options, seconds: number): Promise<Load> {
  const before = await cpuOf(pid);
  const result = await autocannon({ ...options, connections: CONNECTIONS, duration: seconds });
  const after = await cpuOf(pid);
  return {
    perSecond: result['2xx'] / result.duration,
    cpuUs: before === null || after === null ? null : (after - before) / result['2xx'],
    p99Ms: result.latency.p99,
    refused: result.non2xx + result.errors + result.timeouts,
  };
}

/** Processor time that a process has taken so far, µs; null where there is no /proc. The kernel counts it in hundredths of a second. */
async function cpuOf(pid: number): Promise<number | null> {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return null;
  // The name, in parentheses, may have blanks in it.
  const fields = (await readFile(path, 'utf8')).split(') ').at(-1)?.split(' ') ?? [];
  const [user, system] = [fields[11], fields[12]];
  return (Number(user) + Number(system)) * 10_000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
