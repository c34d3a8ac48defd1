import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createLogger, markSpan, traced, type Logger, type TracingSettings } from '#libs/observability';
import { startTraceReceiver, waitUntil, type TraceReceiver } from '#libs/testing';
import { startTracing } from './start-tracing';

const ROOT = join(__dirname, '../../..');
const SETTINGS: TracingSettings = {
  headers: {},
  tracesHeaders: {},
  sampler: 'parentbased_always_on',
  ratio: 1,
  serviceName: 'orchestrator',
  disabled: false,
};

describe('traces of a process', () => {
  let receiver: TraceReceiver;
  let said: { event: string }[];
  let logger: Logger;
  let stop: () => Promise<void> = () => Promise.resolve();

  beforeEach(async () => {
    receiver = await startTraceReceiver();
    said = [];
    logger = createLogger({ app: 'api', level: 'silent' });
    const say = (fields: object): void => void said.push(fields as { event: string });
    logger.warn = say;
    logger.info = say;
  });

  afterEach(async () => {
    await stop();
    stop = () => Promise.resolve();
    await receiver.close();
  });

  const start = async (settings: Partial<TracingSettings>): Promise<void> => {
    stop = await startTracing(
      { tracing: { ...SETTINGS, ...settings }, version: '1.2.3' },
      { app: 'api', logger, exportMs: 2_000 },
    );
  };

  it('arrive at LangSmith’s path, with its headers, as protobuf, and with metadata it can be searched by', async () => {
    await start({
      endpoint: `${receiver.origin}/otel`,
      headers: { 'x-api-key': 'ls_key', 'Langsmith-Project': 'leads' },
    });
    await traced(
      () => ({ name: 'accept run', kind: 'producer', fields: { thread_id: 'q3', source: 'api' } }),
      () =>
        traced(
          () => ({ name: 'hunter find_contacts', kind: 'client', fields: { vendor: 'hunter' } }),
          async () => 1,
        ),
    );
    await stop();
    const [request] = receiver.requests;
    expect(request).toMatchObject({
      path: '/otel/v1/traces',
      headers: {
        'x-api-key': 'ls_key',
        'langsmith-project': 'leads',
        'content-type': 'application/x-protobuf',
      },
    });
    const [call, accepted] = receiver.spans;
    expect(call).toMatchObject({
      name: 'hunter find_contacts',
      kind: 'client',
      traceId: accepted?.traceId,
      parentId: accepted?.spanId,
      attributes: { vendor: 'hunter', thread_id: 'q3', source: 'api', 'langsmith.metadata.thread_id': 'q3' },
      resource: { 'service.name': 'orchestrator', app: 'api', 'service.version': '1.2.3' },
    });
    expect(accepted).toMatchObject({ name: 'accept run', kind: 'producer', parentId: '', failed: false });
  });

  it('go to the whole URL that is set for traces, in place of the base', async () => {
    await start({ endpoint: 'http://127.0.0.1:1', tracesEndpoint: `${receiver.origin}/mine` });
    markSpan(() => ({ name: 'mark' }));
    await stop();
    expect(receiver.requests.map(({ path }) => path)).toEqual(['/mine']);
    expect(receiver.spans[0]?.attributes).toEqual({});
  });

  it.each([
    ['none is configured', {}],
    ['it is switched off', { endpoint: 'http://127.0.0.1:1', disabled: true }],
  ])('are none where %s, and no span is even drafted', async (_when, settings) => {
    await start(settings);
    let drafted = false;
    await traced(
      () => {
        drafted = true;
        return { name: 'never' };
      },
      async () => 1,
    );
    expect(drafted).toBe(false);
  });

  it('load OpenTelemetry’s SDK where they are sent, and nowhere else', async () => {
    const loadedWith = async (endpoint: string): Promise<string> => {
      const script = `
        const { startTracing } = require('./dist/libs/process/src/index.js');
        const tracing = { ...JSON.parse(process.argv[1]), endpoint: process.argv[2] || undefined };
        startTracing({ tracing, version: '1' }, { app: 'api', logger: console }).then(() => {
          const ours = Object.keys(require.cache).filter((path) => /sdk-trace|exporter-trace|libs.otlp/.test(path));
          process.stdout.write(String(ours.length > 0));
          process.exit(0);
        });`;
      const args = ['-e', script, JSON.stringify(SETTINGS), endpoint];
      return (await promisify(execFile)(process.execPath, args, { cwd: ROOT })).stdout;
    };
    expect(await loadedWith('')).toBe('false');
    expect(await loadedWith(receiver.origin)).toBe('true');
  });

  it('are whole or not there at all by the ratio of the sampler', async () => {
    await start({ endpoint: receiver.origin, sampler: 'parentbased_traceidratio', ratio: 0 });
    let accepted: string | undefined;
    await traced(
      () => ({ name: 'accept run' }),
      async ({ traceparent }) => (accepted = traceparent),
    );
    markSpan(() => ({ name: 'child', parent: accepted }));
    await stop();
    expect(accepted).toMatch(/-00$/);
    expect(receiver.requests).toEqual([]);
  });

  it('are lost with one word where the receiver is down, and said to be exported again later', async () => {
    await start({ endpoint: receiver.origin });
    receiver.answer(400);
    markSpan(() => ({ name: 'lost' }));
    await waitUntil(() => said.some(({ event }) => event === 'traces_lost'), {
      timeoutMs: 20_000,
      what: 'the loss is said',
    });
    receiver.answer(200);
    markSpan(() => ({ name: 'kept' }));
    await waitUntil(() => said.some(({ event }) => event === 'traces_exported'), {
      timeoutMs: 20_000,
      what: 'the return is said',
    });
    expect(said.map(({ event }) => event)).toEqual(['traces_lost', 'traces_exported']);
    expect(receiver.spans.map(({ name }) => name)).toEqual(['kept']);
  });

  it('hold up nothing where the receiver never answers: ten thousand spans are begun and ended, and stopping takes two seconds', async () => {
    await start({ endpoint: receiver.origin });
    receiver.answer('never');
    const startedAt = performance.now();
    for (let i = 0; i < 10_000; i += 1) markSpan(() => ({ name: 'mark' }));
    await waitUntil(() => receiver.requests.length > 0, { timeoutMs: 20_000, what: 'the receiver is asked' });
    const before = performance.now();
    await stop();
    stop = () => Promise.resolve();
    expect(performance.now() - before).toBeLessThan(10_000);
    expect(before - startedAt).toBeLessThan(20_000);
    // What waited was bounded: no more than that was ever under way.
    expect(receiver.requests.length).toBeLessThanOrEqual(10);
  });
});
