import { setTimeout as delay } from 'node:timers/promises';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions } from '#libs/redis';
import { RunRepository, type RunRef } from '#libs/run-state';
import { EventConnection, startTestCell, waitUntil, type SpawnedApp, type TestCell } from '#libs/testing';
import { heldBy } from './api-process';

export interface SseResult {
  bench: 'sse';
  streams: number;
  events: number;
  events_per_second: number;
  /** From the append in Redis, by its clock, until the client has the event. */
  p50_ms: number;
  p95_ms: number;
  p95_ms_bar: number;
  /** Of the API process, from no stream to all of them under load. */
  rss_growth_mb: number;
  rss_growth_mb_bar: number;
  /** Events a client did not get, got twice or got out of order. */
  missing: number;
  /** Descriptors of the API process: before the first stream, with all of them, after the last. */
  descriptors: { before: number; during: number; after: number };
  passed: boolean;
}

const P95_BAR_MS = 500;
const RSS_BAR_MB = 150;
const TENANT = 'acme';
/** So many streams are opened at a time: the bench is not about a storm. */
const OPEN_AT_ONCE = 50;
const TICK_MS = 50;
const PATIENCE_MS = 60_000;

/** One API process with a stream for each of so many runs, while events happen at a steady rate spread over all runs. */
export async function benchSse(streams: number, events: number, perSecond: number): Promise<SseResult> {
  const cell = await startTestCell({
    workers: { normalize: 0, enrich: 0, export: 0 },
    api: true,
  });
  const redis = createRedis(cell.redis.url, workerConnectionOptions());
  const runs = new RunRepository(redis, new CellKeys('main'));
  try {
    const api = cell.api as SpawnedApp;
    const refs = await createRuns(runs, streams);
    const latencies: number[] = [];
    // What a process loads with its first stream is not the streams' cost.
    await openAll(cell, refs.slice(0, OPEN_AT_ONCE), []).then((warm) => closeAll(warm, api));
    const before = await heldBy(api);
    const clients = await openAll(cell, refs, latencies);
    const { rssMbMax } = await publish(runs, refs, { events, perSecond, api });
    const each = 1 + events / streams;
    await waitUntil(() => clients.every(({ events: got }) => got.length >= each), {
      timeoutMs: PATIENCE_MS,
      what: 'every client has every event',
    }).catch(() => undefined);
    const during = await heldBy(api);
    const missing = clients.reduce((sum, client) => sum + faultsIn(client, each), 0);
    const after = await closeAll(clients, api, before.descriptors);
    const p95 = quantile(latencies, 0.95);
    const growth = Math.max(rssMbMax, during.rssMb) - before.rssMb;
    return {
      bench: 'sse',
      streams,
      events,
      events_per_second: perSecond,
      p50_ms: quantile(latencies, 0.5),
      p95_ms: p95,
      p95_ms_bar: P95_BAR_MS,
      rss_growth_mb: Math.round(growth * 10) / 10,
      rss_growth_mb_bar: RSS_BAR_MB,
      missing,
      descriptors: { before: before.descriptors, during: during.descriptors, after },
      passed: p95 <= P95_BAR_MS && growth <= RSS_BAR_MB && missing === 0 && after <= before.descriptors,
    };
  } finally {
    await closeRedis(redis);
    await cell.stop();
  }
}

function createRuns(runs: RunRepository, count: number): Promise<RunRef[]> {
  const request = {
    tenant_id: TENANT,
    input: 'run full pipeline',
    mode: 'full',
    limit: 5,
    export: ['csv'],
  } as const;
  return Promise.all(
    Array.from({ length: count }, () =>
      runs.create({ ...request, export: [...request.export] }, { source: 'api' }),
    ),
  );
}

async function openAll(
  cell: TestCell,
  refs: readonly RunRef[],
  latencies: number[],
): Promise<EventConnection[]> {
  const headers = await cell.authorization(TENANT);
  const clients: EventConnection[] = [];
  for (let i = 0; i < refs.length; i += OPEN_AT_ONCE) {
    const opened = refs.slice(i, i + OPEN_AT_ONCE).map(({ runId }) =>
      EventConnection.open(`${String(cell.api?.ready.url)}/api/orchestrations/${runId}/events`, {
        headers,
        onEvent: ({ id, data }) => {
          // The first is older than the stream.
          if (id > 1) latencies.push(Date.now() - Date.parse(String(data.at)));
        },
      }),
    );
    clients.push(...(await Promise.all(opened)));
  }
  const refused = clients.find(({ status }) => status !== 200);
  if (refused) throw new Error(`a stream was answered ${refused.status}: ${refused.text}`);
  return clients;
}

/** Ends the clients and waits until the process has let go of them; answers its descriptors. */
async function closeAll(
  clients: readonly EventConnection[],
  api: SpawnedApp,
  descriptorsBefore?: number,
): Promise<number> {
  const open = (await heldBy(api)).descriptors;
  for (const client of clients) client.destroy();
  const wanted = descriptorsBefore ?? open - clients.length;
  await waitUntil(async () => (await heldBy(api)).descriptors <= wanted, {
    timeoutMs: PATIENCE_MS,
    what: 'the process has let go of its clients',
  }).catch(() => undefined);
  return (await heldBy(api)).descriptors;
}

async function publish(
  runs: RunRepository,
  refs: readonly RunRef[],
  { events, perSecond, api }: { events: number; perSecond: number; api: SpawnedApp },
): Promise<{ rssMbMax: number }> {
  const perTick = (perSecond * TICK_MS) / 1_000;
  const started = performance.now();
  let rssMbMax = 0;
  for (let sent = 0, tick = 1; sent < events; tick += 1) {
    const due = Math.min(events, Math.round(tick * perTick));
    const batch: Promise<boolean>[] = [];
    for (; sent < due; sent += 1) {
      const run = refs[sent % refs.length] as RunRef;
      batch.push(runs.announce(run, 'progress', 'enrich', `Enriched ${sent} of ${events} companies`));
    }
    await Promise.all(batch);
    rssMbMax = Math.max(rssMbMax, (await heldBy(api)).rssMb);
    await delay(Math.max(0, started + tick * TICK_MS - performance.now()));
  }
  return { rssMbMax };
}

function faultsIn({ ids }: EventConnection, each: number): number {
  const expected = Array.from({ length: each }, (_, i) => i + 1);
  return expected.filter((id, i) => ids[i] !== id).length + Math.max(0, ids.length - each);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
