import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { OtelTracerAdapter } from './otel-tracer';

const REMOTE = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };
const PARENT = `00-${REMOTE.traceId}-${REMOTE.spanId}-01`;

describe('spans', () => {
  let exporter: InMemorySpanExporter;
  let tracer: OtelTracerAdapter;

  beforeEach(() => {
    exporter = new InMemorySpanExporter();
    tracer = new OtelTracerAdapter(
      new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
    );
  });

  const ended = (): { name: string; traceId: string; parent: string | undefined; attributes: object }[] =>
    exporter.getFinishedSpans().map((span) => ({
      name: span.name,
      traceId: span.spanContext().traceId,
      parent: span.parentSpanContext?.spanId,
      attributes: span.attributes,
    }));

  it('go on in the trace that a run’s record names', () => {
    tracer.open({ name: 'enrich company', parent: PARENT }).end();
    expect(ended()).toMatchObject([{ traceId: REMOTE.traceId, parent: REMOTE.spanId }]);
  });

  it('begin a trace where the record names none, or nonsense, whatever is under way in the process', () => {
    const around = tracer.open({ name: 'request' });
    around.within(() => {
      tracer.open({ name: 'begun', parent: null }).end();
      tracer.open({ name: 'nonsense', parent: 'x' }).end();
    });
    expect(ended().map(({ parent }) => parent)).toEqual([undefined, undefined]);
  });

  it('are part of the work around them, across what is waited for, and tell its ids', async () => {
    const job = tracer.open({
      name: 'enrich company',
      fields: { run_id: 'run_1', thread_id: 'q3', source: 'api', stage: 'enrich', outcome: 'done' },
    });
    await job.within(async () => {
      await new Promise(setImmediate);
      tracer.open({ name: 'hunter find_contacts', fields: { vendor: 'hunter' } }).end();
    });
    job.end();
    const [call, company] = ended();
    expect(call?.parent).toBe(exporter.getFinishedSpans()[1]?.spanContext().spanId);
    expect(call?.traceId).toBe(company?.traceId);
    expect(call?.attributes).toEqual({
      run_id: 'run_1',
      thread_id: 'q3',
      source: 'api',
      stage: 'enrich',
      vendor: 'hunter',
    });
  });

  it('of two things at once do not mix', async () => {
    const calling = async (): Promise<void> => {
      await new Promise(setImmediate);
      tracer.open({ name: 'call' }).end();
    };
    const jobs = ['one', 'two'].map((name) => tracer.open({ name, fields: { run_id: name } }));
    await Promise.all(jobs.map((job) => job.within(calling)));
    expect(ended().map(({ attributes }) => attributes)).toEqual([{ run_id: 'one' }, { run_id: 'two' }]);
    expect(tracer.current()).toBeUndefined();
  });

  it('that are never ended are never exported', () => {
    tracer.open({ name: 'dropped' });
    expect(ended()).toEqual([]);
  });

  it('show no secret and no address, even where one slipped into a name of ours', () => {
    tracer
      .open({ name: 'x', fields: { lane: 'jane.doe@acme.com', job_id: 'lg_live_7f3a_0123456789abcdef' } })
      .end();
    expect(ended()).toMatchObject([{ attributes: { lane: 'j***@acme.com', job_id: '[redacted]' } }]);
  });

  it('that fail say by which code, and nothing of the error’s words', () => {
    const span = tracer.open({ name: 'x' });
    span.fail('vendor_failed');
    span.end();
    const [failed] = exporter.getFinishedSpans();
    expect(failed?.status).toEqual({ code: 2 });
    expect(failed?.attributes).toEqual({ error_code: 'vendor_failed' });
    expect(failed?.events).toEqual([]);
  });
});
