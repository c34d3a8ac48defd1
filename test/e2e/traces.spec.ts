import { logLineSchema } from '#libs/observability';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions } from '#libs/redis';
import {
  askApi,
  hasEnded,
  onlyVendors,
  postRun,
  runLeadgen,
  startTestCell,
  startTraceReceiver,
  untilRun,
  waitUntil,
  websitesOf,
  type PostedRun,
  type ReceivedSpan,
  type TestCell,
  type TraceReceiver,
} from '#libs/testing';
import { RedisGateOperations } from '#libs/vendor-gate';
import { reopenVendor } from './reopen-vendor';

const FULL = process.env.LEADGEN_FULL === '1';
const COMPANIES = 3;
const ROUTE = 'POST /api/orchestrations';

describe('the trace of a run', () => {
  let cell: TestCell;
  let receiver: TraceReceiver;

  beforeAll(async () => {
    receiver = await startTraceReceiver();
    cell = await startTestCell({
      api: true,
      tenants: {
        default: {
          waterfalls: onlyVendors({
            crawl_website: ['web'],
            find_contacts: ['hunter'],
            verify_email: ['zerobounce'],
          }),
        },
      },
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.origin, LEADGEN_LOG_LEVEL: 'debug' },
    });
  });

  afterAll(async () => {
    await cell.stop();
    await receiver.close();
  });

  const spansOf = (runId: string): ReceivedSpan[] =>
    receiver.spans.filter(({ attributes }) => attributes.run_id === runId);

  /** All of the run's spans, once its end is among them; processes send theirs once a second. */
  async function untilTold(runId: string): Promise<ReceivedSpan[]> {
    const names = (): string[] => spansOf(runId).map(({ name }) => name);
    await waitUntil(
      () =>
        names().includes('export run') &&
        names().filter((name) => name === 'enrich company').length >= COMPANIES,
      { timeoutMs: 60_000, what: `the spans of ${runId} have arrived` },
    );
    return spansOf(runId);
  }

  async function untilEnded(runId: string, times = 1): Promise<ReceivedSpan[]> {
    const ends = (): number => spansOf(runId).filter(({ name }) => name === 'export run').length;
    await waitUntil(() => ends() >= times, { timeoutMs: 60_000, what: `${runId} has ended ${times} times` });
    return spansOf(runId);
  }

  /** The one trace of all that was done for the run, and the spans of requests about it, which have traces of their own. */
  function traceOf(spans: readonly ReceivedSpan[]): { trace: ReceivedSpan[]; requests: ReceivedSpan[] } {
    // Whoever comes second with the same slot finds the run, and accepts none.
    const done = spans.filter(({ attributes }) => attributes.created !== false);
    const { traceId } = only(done, 'accept run');
    const trace = done.filter((span) => span.traceId === traceId);
    const requests = done.filter((span) => span.traceId !== traceId);
    expect(requests.filter(({ kind }) => kind !== 'server')).toEqual([]);
    return { trace, requests };
  }

  const only = (spans: readonly ReceivedSpan[], name: string): ReceivedSpan => {
    const [span, ...others] = spans.filter((one) => one.name === name);
    if (!span || others.length > 0)
      throw new Error(`${others.length + (span ? 1 : 0)} spans are named ${name}`);
    return span;
  };

  it('is one, from the request through the queues to each vendor and the file, with what it can be found by', async () => {
    const { run_id: runId, thread_id: threadId } = (await askApi(cell, 'acme', '', {
      input: 'run full pipeline',
      icp_payload: {},
      thread_id: 'q3',
      companies: websitesOf('traced', COMPANIES).map((website) => ({ name: website, website })),
    })) as { run_id: string; thread_id: string };
    await untilRun(cell, { tenant: 'acme', runId }, hasEnded);
    const spans = await untilTold(runId);
    const posted = only(spans, ROUTE);
    expect(posted).toMatchObject({
      kind: 'server',
      parentId: '',
      resource: { app: 'api', 'service.name': 'orchestrator' },
    });
    expect(posted.attributes).toMatchObject({
      'http.response.status_code': 202,
      source: 'api',
      thread_id: threadId,
    });

    const ofRequest = spans.filter(({ attributes }) => !String(attributes['http.route'] ?? '').includes(':'));
    expect(new Set(ofRequest.map(({ traceId }) => traceId))).toEqual(new Set([posted.traceId]));
    for (const { attributes } of ofRequest)
      expect(attributes).toMatchObject({ thread_id: 'q3', source: 'api' });

    const accepted = only(spans, 'accept run');
    expect(accepted).toMatchObject({ kind: 'producer', parentId: posted.spanId });
    const normalized = only(spans, 'normalize run');
    const exported = only(spans, 'export run');
    for (const job of [normalized, exported])
      expect(job).toMatchObject({ kind: 'consumer', parentId: accepted.spanId });
    expect(normalized.attributes).toMatchObject({ stage: 'normalize', outcome: 'done' });
    expect(normalized.resource.app).toBe('normalize');
    for (const part of ['plan', 'normalize and shortlist', 'add companies'])
      expect(only(spans, part)).toMatchObject({ kind: 'internal', parentId: normalized.spanId });
    expect(only(spans, 'sink csv')).toMatchObject({
      parentId: exported.spanId,
      attributes: { sink: 'csv', stage: 'export' },
    });

    const companies = spans.filter(({ name }) => name === 'enrich company');
    for (const company of companies) {
      expect(company).toMatchObject({
        kind: 'consumer',
        parentId: accepted.spanId,
        resource: { app: 'enrich' },
      });
      expect(company.attributes).toMatchObject({ stage: 'enrich', company_id: expect.stringMatching(/^c_/) });
    }
    const calls = spans.filter(({ attributes }) => attributes.vendor !== undefined);
    expect(new Set(calls.map(({ attributes }) => attributes.vendor))).toEqual(
      new Set(['web', 'hunter', 'zerobounce']),
    );
    for (const call of calls) {
      const company = companies.find(({ spanId }) => spanId === call.parentId);
      expect(call).toMatchObject({
        kind: 'client',
        attributes: {
          stage: 'enrich',
          company_id: company?.attributes.company_id,
          outcome: expect.any(String),
        },
      });
    }
    for (const event of ['run_start', 'run_complete'])
      expect(only(spans, event)).toMatchObject({
        parentId: accepted.spanId,
        attributes: { thread_id: 'q3' },
      });
    // Whatever is done in the name of the run says so in its log.
    const complete = cell.apps
      .flatMap((app) => app.log().split('\n'))
      .filter((line) => line.includes('"run_complete"'));
    expect(complete.map((line) => (JSON.parse(line) as { trace_id: string }).trace_id)).toEqual([
      posted.traceId,
    ]);
  });

  it('goes on in the same trace when the run pauses at a cap and is resumed', async () => {
    const redis = createRedis(cell.redis.url, workerConnectionOptions());
    await redis.connect();
    let run: PostedRun;
    try {
      await new RedisGateOperations(redis, new CellKeys('main')).close(
        'sim-zerobounce',
        3_600_000,
        'maintenance',
      );
      run = await postRun(cell, { tenant: 'acme', websites: websitesOf('capped', COMPANIES) });
      await untilRun(cell, run, ({ state }) => state === 'paused', { what: 'it waits for its cap' });
      await reopenVendor(cell, 'zerobounce');
      await untilRun(cell, run, hasEnded);
    } finally {
      await closeRedis(redis);
    }
    const spans = await untilTold(run.runId);
    const { traceId } = only(spans, ROUTE);
    const ofRun = spans.filter(({ name }) => !name.startsWith('GET '));
    expect(new Set(ofRun.map((span) => span.traceId))).toEqual(new Set([traceId]));
    const names = ofRun.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['run_paused', 'run_resumed', 'run_complete', 'zerobounce verify_email']),
    );
    // The walk before and behind the lane: no span lasts through the pause.
    expect(ofRun.filter(({ attributes }) => attributes.moved_to === 'sim-zerobounce').length).toBeGreaterThan(
      0,
    );
    expect(ofRun.filter(({ attributes }) => attributes.lane === 'sim-zerobounce').length).toBeGreaterThan(0);
  });

  it('goes on in the same trace when a person pauses and resumes the run, whose requests have traces of their own', async () => {
    const run = await postRun(cell, { tenant: 'acme', websites: websitesOf('held', COMPANIES) });
    await askApi(cell, 'acme', `/${run.runId}/pause`, {});
    await askApi(cell, 'acme', `/${run.runId}/resume`, {});
    await untilRun(cell, run, hasEnded);
    const { trace, requests } = traceOf(await untilEnded(run.runId));
    const accepted = only(trace, 'accept run');
    for (const event of ['run_paused', 'run_resumed']) {
      expect(only(trace, event)).toMatchObject({ parentId: accepted.spanId, resource: { app: 'api' } });
    }
    expect(trace.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['enrich company', 'hunter find_contacts', 'export run', 'run_complete']),
    );
    for (const action of ['pause', 'resume']) {
      expect(only(requests, `POST /api/orchestrations/:id/${action}`).attributes).toMatchObject({
        'http.response.status_code': 200,
        run_id: run.runId,
      });
    }
  });

  it('goes on in the same trace when an ended run is tried again over the API', async () => {
    await cell.control('POST', 'faults', {
      vendor: 'zerobounce',
      kind: 'garbage',
      garbage: 'html',
      count: 2,
    });
    const run = await postRun(cell, { tenant: 'acme', websites: websitesOf('retried', 1) });
    const { state } = await untilRun(cell, run, hasEnded);
    expect(['partial', 'failed']).toContain(state);
    await cell.control('DELETE', 'faults');
    await askApi(cell, 'acme', `/${run.runId}/retry`, {});
    await untilRun(cell, run, hasEnded);
    const { trace, requests } = traceOf(await untilEnded(run.runId, 2));
    const outcomes = trace.filter(({ name }) => name === 'zerobounce verify_email');
    expect(outcomes.map(({ attributes }) => attributes.outcome)).toEqual(
      expect.arrayContaining(['bad_response', 'ok']),
    );
    const accepted = only(trace, 'accept run');
    const companies = trace.filter(({ name }) => name === 'enrich company');
    expect(companies.length).toBeGreaterThan(1);
    for (const job of companies) expect(job.parentId).toBe(accepted.spanId);
    expect(only(trace, 'run_retried')).toMatchObject({ parentId: accepted.spanId });
    expect(only(requests, 'POST /api/orchestrations/:id/retry').attributes).toMatchObject({
      run_id: run.runId,
    });
  });

  const schedules = async (verb: string, ...words: string[]): Promise<Record<string, unknown>> => {
    const which = ['--tenant-id', 'acme', '--name', 'clock'];
    const ended = await runLeadgen(['schedules', verb, ...which, ...words], cell.env);
    expect([ended.exitCode, ended.stderr]).toEqual([0, '']);
    return ended.last();
  };

  if (FULL) {
    it('begins in the worker that hears of a schedule’s slot, and at the command line for one that is started by hand', async () => {
      const what = ['--companies', 'samples/companies.csv', '--icp-payload', '{}', '--limit', '1'];
      await schedules('add', '--cron', '*/2 * * * * *', ...what);
      const byClock = (): ReceivedSpan | undefined =>
        receiver.spans.find(({ attributes }) => attributes.thread_id === 'clock');
      await waitUntil(() => byClock() !== undefined, { timeoutMs: 60_000, what: 'a slot has come' });
      await schedules('pause');
      const ofSlot = traceOf(await untilEnded(String(byClock()?.attributes.run_id)));
      expect(ofSlot.requests).toEqual([]);
      expect(only(ofSlot.trace, 'accept run')).toMatchObject({
        kind: 'producer',
        parentId: '',
        resource: { app: 'normalize' },
        attributes: { source: 'cron', thread_id: 'clock' },
      });

      const byHand = (await schedules('run-now')) as { run_id: string };
      const { trace } = traceOf(await untilEnded(byHand.run_id));
      await schedules('remove');
      const accepted = only(trace, 'accept run');
      expect(accepted).toMatchObject({
        parentId: '',
        resource: { app: 'cli' },
        attributes: { source: 'cron' },
      });
      for (const name of ['normalize run', 'export run'])
        expect(only(trace, name).parentId).toBe(accepted.spanId);
    });
  }

  it('begins at the command line for a run that is started there, and with nobody’s trace of outside', async () => {
    const result = await runLeadgen(
      [
        'run',
        '--tenant-id',
        'acme',
        '--thread-id',
        'nightly',
        '--input',
        'run full pipeline',
        '--run-mode',
        'dry-run',
      ],
      { ...cell.env, LEADGEN_LOG_LEVEL: 'info' },
    );
    const runId = String(result.last().run_id);
    expect(result.last()).toMatchObject({ exit_code: 4 });
    await waitUntil(() => spansOf(runId).some(({ name }) => name === 'normalize run'), {
      timeoutMs: 30_000,
      what: 'the spans of the command’s run have arrived',
    });
    const accepted = only(spansOf(runId), 'accept run');
    expect(accepted).toMatchObject({
      parentId: '',
      resource: { app: 'cli' },
      attributes: { source: 'cli', thread_id: 'nightly' },
    });
    expect(only(spansOf(runId), 'normalize run').parentId).toBe(accepted.spanId);
  });

  it('and the log of every process keep to the schema of a log line, down to debug', async () => {
    // Of a command the log says nothing unless something is wrong.
    const command = await runLeadgen(['runs', '--tenant-id', 'acme'], {
      ...cell.env,
      REDIS_URL: 'redis://127.0.0.1:1',
      LEADGEN_LOG_LEVEL: 'debug',
    });
    const logs = [...cell.apps.map((app) => [app.name, app.log()]), ['cli', command.stderr]] as const;
    for (const [app, log = ''] of logs) {
      // What a log that grew too long begins with was cut; the command says its end to a person, too.
      const lines = log.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
      const wrong = lines.flatMap((line) => {
        const parsed = logLineSchema.safeParse(JSON.parse(line));
        return parsed.success ? [] : [`${line}: ${parsed.error.message}`];
      });
      expect(wrong).toEqual([]);
      if (app !== 'vendor-sim')
        expect(lines.map((line) => (JSON.parse(line) as { app: string }).app)).toContain(app);
      if (app !== 'cli')
        expect(
          log
            .split('\n')
            .filter((line) => line !== '' && !line.startsWith('{'))
            .slice(1),
        ).toEqual([]);
    }
    // A run's status messages stand in its transitions, whatever process made them.
    const told = logs
      .flatMap(([, log = '']) => log.split('\n'))
      .filter((line) => line.includes('"event":"run_'));
    expect(
      told.filter((line) => line.includes('"event":"run_paused"') && line.includes('Paused: ')),
    ).toHaveLength(1);
    for (const line of told) {
      expect(JSON.parse(line)).toMatchObject({
        tenant_id: 'acme',
        thread_id: expect.any(String),
        run_id: expect.any(String),
        source: expect.any(String),
        state: expect.any(String),
        duration_ms: expect.any(Number),
        trace_id: expect.any(String),
      });
    }
  });

  it('is linked to the trace a client sends with its request, and no part of it', async () => {
    const theirs = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };
    const response = await fetch(`${String(cell.api?.ready.url)}/api/orchestrations`, {
      headers: {
        ...(await cell.authorization('acme')),
        traceparent: `00-${theirs.traceId}-${theirs.spanId}-01`,
      },
    });
    expect(response.status).toBe(200);
    const listed = (): ReceivedSpan | undefined =>
      receiver.spans.find(({ name, links }) => name === 'GET /api/orchestrations' && links.length > 0);
    await waitUntil(() => listed() !== undefined, {
      timeoutMs: 30_000,
      what: 'the request’s span has arrived',
    });
    expect(listed()).toMatchObject({ parentId: '', links: [theirs] });
    expect(receiver.spans.map(({ traceId }) => traceId)).not.toContain(theirs.traceId);
  });
});
