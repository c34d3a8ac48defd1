import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { dropTracer, parseTraceparent, useTracer } from '#libs/observability';
import { OtelTracerAdapter } from '#libs/otlp';
import { useTestRedis } from '#libs/testing';
import type { RunRef } from '../run-ref';
import { RunRepository } from '../run.repository';
import { RunTraces } from './run-traces';

const REQUEST = { tenant_id: 'acme', input: 'go', mode: 'full', limit: 2, export: ['csv'] } as const;

describe('the trace of a run, in its record', () => {
  const cell = useTestRedis();
  let exporter: InMemorySpanExporter;
  let tracer: OtelTracerAdapter;

  beforeEach(() => {
    exporter = new InMemorySpanExporter();
    tracer = new OtelTracerAdapter(
      new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
    );
  });

  afterEach(() => dropTracer(tracer));

  const accept = (): Promise<RunRef> =>
    new RunRepository(cell.redis, cell.keys).create({ ...REQUEST, export: ['csv'] }, { source: 'cron' });
  const traces = (): RunTraces => new RunTraces(cell.redis, cell.keys);

  it('is that of the span that accepted it, for every process', async () => {
    useTracer(tracer);
    const run = await accept();
    const [accepted] = exporter.getFinishedSpans();
    const { traceId, spanId } = accepted?.spanContext() ?? {};
    for (const process of [traces(), traces()]) {
      const trace = await process.of(run);
      expect(trace).toMatchObject({ source: 'cron', thread_id: expect.any(String) });
      expect(parseTraceparent(trace?.traceparent ?? '')).toMatchObject({ traceId, spanId });
    }
  });

  it('is none where nobody traces, and costs the record nothing', async () => {
    const run = await accept();
    expect(await cell.redis.hexists(cell.keys.run(run.tenantId, run.runId), 'trace')).toBe(0);
    expect(await traces().of(run)).toBeUndefined();
  });

  it('is given to a run that was accepted without one by whoever works on it first: one of many at once', async () => {
    const run = await accept();
    useTracer(tracer);
    const found = await Promise.all(Array.from({ length: 20 }, () => traces().of(run)));
    expect(new Set(found.map((trace) => trace?.traceparent)).size).toBe(1);
    // The others' beginnings were dropped.
    expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['take over run']);
  });

  it('is read once per process', async () => {
    useTracer(tracer);
    const run = await accept();
    const process = traces();
    await process.of(run);
    await cell.redis.del(cell.keys.run(run.tenantId, run.runId));
    expect(await process.of(run)).toBeDefined();
    // A run that there is not is asked for again, and made by nobody.
    expect(await traces().of(run)).toBeUndefined();
    expect(await cell.redis.exists(cell.keys.run(run.tenantId, run.runId))).toBe(0);
  });

  it('is marked by every transition, whoever moves the run', async () => {
    useTracer(tracer);
    const run = await accept();
    const told: (string | undefined)[] = [];
    const runs = new RunRepository(cell.redis, cell.keys, ({ traceparent }) => told.push(traceparent));
    await runs.transition(run, 'running', { event: 'run_start', message: 'go' });
    await runs.transition(run, 'failed', { event: 'run_failed', message: 'no' });
    await runs.retries.begin(run, 'again', { causes: [] });
    const trace = await traces().of(run);
    expect(told).toEqual([trace?.traceparent, trace?.traceparent, trace?.traceparent]);
  });
});
