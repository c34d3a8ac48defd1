import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import fc from 'fast-check';
import { ApiKeys } from '#libs/access';
import { loadSettings } from '#libs/config';
import { createLogger } from '#libs/observability';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { RunEventFeed, RunRepository, type RunRef } from '#libs/run-state';
import { EventConnection, startTestRedis, waitUntil, type TestRedis } from '#libs/testing';
import { RedisLink } from '../../test/redis-link';
import { closeApi, createApi } from '../start-api';
import { EventStreams } from './event-streams';

const STREAMS_MAX = 30;
const PATIENCE_MS = 20_000;

describe('a run’s events over HTTP, on a real Redis that can be cut off', () => {
  let server: TestRedis;
  let link: RedisLink;
  let redis: RedisClient;
  let runs: RunRepository;
  let app: NestExpressApplication;
  let url: string;
  let dataDir: string;
  const authorizations = new Map<string, string>();

  beforeAll(async () => {
    server = await startTestRedis();
    link = await RedisLink.to(server.url);
    // Writers have a wire of their own, which nobody cuts.
    redis = createRedis(server.url, workerConnectionOptions());
    await redis.connect();
    runs = new RunRepository(redis, new CellKeys('main'));
    for (const tenantId of ['acme', 'globex']) {
      const issued = await new ApiKeys(redis, new CellKeys('main')).issue({ tenantId, environment: 'test' });
      authorizations.set(tenantId, `Bearer ${issued.text}`);
    }
    dataDir = await mkdtemp(join(tmpdir(), 'leadgen-api-'));
    ({ app, url } = await startApp());
  });

  afterAll(async () => {
    await closeApi(app);
    await closeRedis(redis);
    await link.close();
    await server.stop();
    await rm(dataDir, { recursive: true });
  });

  async function startApp(): Promise<{ app: NestExpressApplication; url: string }> {
    const settings = loadSettings({
      REDIS_URL: link.url,
      LEADGEN_DATA_DIR: dataDir,
      LEADGEN_API_STREAMS_MAX: String(STREAMS_MAX),
    });
    const started = await createApi(settings, createLogger({ app: 'api', level: 'silent' }));
    await started.listen(0, '127.0.0.1');
    return { app: started, url: await started.getUrl() };
  }

  const open = (
    id: string,
    options: { lastEventId?: number | string; tenant?: string; query?: string; at?: string } = {},
  ): Promise<EventConnection> => {
    const { tenant = 'acme', query = '', at = url, lastEventId } = options;
    return EventConnection.open(`${at}/api/orchestrations/${id}/events${query}`, {
      headers: { authorization: authorizations.get(tenant) ?? '' },
      ...(lastEventId !== undefined && { lastEventId }),
    });
  };

  async function newRun(): Promise<RunRef> {
    return runs.create(
      { tenant_id: 'acme', input: 'go', mode: 'full', limit: 5, export: ['csv'] },
      { source: 'api' },
    );
  }

  async function tell(run: RunRef, count: number): Promise<void> {
    for (let i = 0; i < count; i += 1) await runs.announce(run, 'progress', 'enrich', `news ${i}`);
  }

  async function end(run: RunRef): Promise<void> {
    await runs.transition(run, 'running', { event: 'run_start', message: 'Started' });
    await runs.transition(run, 'completed', { event: 'run_complete', message: 'Done' });
  }

  const until = (connection: EventConnection, count: number): Promise<void> =>
    waitUntil(() => connection.events.length >= count, {
      timeoutMs: PATIENCE_MS,
      what: `${count} events have come, of ${connection.events.length}`,
    });

  const oneTo = (last: number, first = 1): number[] =>
    Array.from({ length: last - first + 1 }, (_, i) => first + i);

  it('hands out what was and what happens, with its id, type and data, and closes after the event that ends the run', async () => {
    const run = await newRun();
    await tell(run, 2);
    const stream = await open(run.runId);
    expect(stream.status).toBe(200);
    expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(stream.headers['cache-control']).toMatch(/no-store/);
    await until(stream, 3);
    await tell(run, 1);
    await until(stream, 4);
    await end(run);
    expect(await stream.ended).toBe('closed');
    expect(stream.ids).toEqual(oneTo(6));
    expect(stream.retryMs).toBeGreaterThan(0);
    expect(stream.events[5]).toEqual({
      id: 6,
      type: 'run_complete',
      data: {
        id: 6,
        run_id: run.runId,
        type: 'run_complete',
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        state: 'completed',
        phase: 'enrich',
        message: 'Done',
      },
    });
  });

  it('goes on after any event of a run that has ended, and says 204 to who has them all', async () => {
    const run = await newRun();
    await tell(run, 5);
    await end(run);
    for (const last of oneTo(7, 0)) {
      const stream = await open(run.runId, { lastEventId: last });
      expect(await stream.ended).toBe('closed');
      expect(stream.ids).toEqual(oneTo(8, last + 1));
    }
    expect(await open(run.runId, { lastEventId: 8 })).toMatchObject({ status: 204, events: [] });
    const byQuery = await open(run.runId, { query: '?last_event_id=6' });
    expect(await byQuery.ended).toBe('closed');
    expect(byQuery.ids).toEqual([7, 8]);
  });

  it('streams again once a run that had ended goes on', async () => {
    const run = await newRun();
    await end(run);
    const keys = new CellKeys('main');
    await redis.hset(keys.run(run.tenantId, run.runId), { state: 'running' });
    await tell(run, 1);
    const stream = await open(run.runId);
    await until(stream, 4);
    await runs.transition(run, 'partial', { event: 'run_complete', message: 'Done again' });
    expect(await stream.ended).toBe('closed');
    expect(stream.ids).toEqual(oneTo(5));
  });

  it.each(['-1', '1.5', 'x', '1, 2', '9', '99999999999999999999'])(
    'refuses to go on after %s, which no event of the run is',
    async (lastEventId) => {
      const run = await newRun();
      const stream = await open(run.runId, { lastEventId });
      expect(await stream.ended).toBe('closed');
      expect(stream.status).toBe(400);
      expect(JSON.parse(stream.text)).toMatchObject({ code: 'invalid_request' });
      expect(stream.text).toMatch(/Last-Event-ID/);
    },
  );

  it('shows nobody else’s run', async () => {
    const run = await newRun();
    const stream = await open(run.runId, { tenant: 'globex' });
    expect(await stream.ended).toBe('closed');
    expect(stream.status).toBe(404);
    expect(await open('run_01M83T0C0N157MS0FWEXFGGEYC')).toMatchObject({ status: 404 });
    expect(await open(run.runId, { tenant: 'stranger' })).toMatchObject({ status: 401 });
  });

  it('answers HEAD without opening a stream', async () => {
    const run = await newRun();
    const answer = await fetch(`${url}/api/orchestrations/${run.runId}/events`, {
      method: 'HEAD',
      headers: { authorization: authorizations.get('acme') ?? '' },
    });
    expect(answer.status).toBe(200);
    expect(app.get(EventStreams).size).toBe(0);
  });

  it('loses and repeats nothing, whoever writes at the same time and wherever clients reconnect', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 2, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 }),
        async (writers, legs) => {
          const run = await newRun();
          const total = 1 + writers.reduce((sum, count) => sum + count, 0) + 2;
          const written = Promise.all(writers.map((count) => tell(run, count))).then(() => end(run));
          const seen: number[] = [];
          let leg = 0;
          while (seen.length < total) {
            const stream = await open(run.runId, { lastEventId: seen.at(-1) ?? 0 });
            const wanted = Math.min(total - seen.length, legs[leg % legs.length] ?? 1);
            await until(stream, wanted);
            stream.destroy();
            // What had come and was not looked at yet is lost with the connection, as for a client that crashes.
            seen.push(...stream.ids.slice(0, wanted));
            leg += 1;
          }
          await written;
          expect(seen).toEqual(oneTo(total));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('has nothing left of clients that are gone, and room for others', async () => {
    const run = await newRun();
    const others = await Promise.all(oneTo(STREAMS_MAX - 5).map(() => newRun()));
    const streams = await Promise.all([...others, run, run, run, run, run].map(({ runId }) => open(runId)));
    await Promise.all(streams.map((stream) => until(stream, 1)));
    expect(app.get(EventStreams).size).toBe(STREAMS_MAX);
    expect(app.get(RunEventFeed).watching).toBe(others.length + 1);
    const refused = await open(run.runId);
    expect(await refused.ended).toBe('closed');
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toBeDefined();
    expect(JSON.parse(refused.text)).toMatchObject({ code: 'too_many_streams' });
    for (const stream of streams) stream.destroy();
    await waitUntil(() => app.get(EventStreams).size + app.get(RunEventFeed).watching === 0, {
      timeoutMs: PATIENCE_MS,
      what: 'streams and watched runs are gone',
    });
    const again = await open(run.runId);
    await until(again, 1);
    again.destroy();
  });

  it.each(['cut', 'silence'] as const)('goes on without a gap when Redis was away (%s)', async (how) => {
    const run = await newRun();
    const streams = [await open(run.runId), await open(run.runId)];
    await Promise.all(streams.map((stream) => until(stream, 1)));
    await link[how]();
    await tell(run, 300);
    await link.mend();
    await tell(run, 5);
    await Promise.all(streams.map((stream) => until(stream, 306)));
    await end(run);
    for (const stream of streams) {
      expect(await stream.ended).toBe('closed');
      expect(stream.ids).toEqual(oneTo(308));
    }
  });

  it('tells other code when a run has news, and when it has none for so long', async () => {
    const feed = app.get(RunEventFeed);
    const run = await newRun();
    expect(await feed.untilEvent(run, 0, AbortSignal.timeout(PATIENCE_MS))).toBe(true);
    const news = feed.untilEvent(run, 1, AbortSignal.timeout(PATIENCE_MS));
    await tell(run, 1);
    expect(await news).toBe(true);
    expect(await feed.untilEvent(run, 2, AbortSignal.timeout(50))).toBe(false);
    expect(feed.watching).toBe(0);
  });

  it('sends clients elsewhere when it stops, and they miss nothing there', async () => {
    const second = await startApp();
    const run = await newRun();
    const stream = await open(run.runId, { at: second.url });
    await until(stream, 1);
    const closed = closeApi(second.app);
    expect(await stream.ended).toBe('closed');
    await closed;
    await tell(run, 2);
    const rest = await open(run.runId, { lastEventId: stream.ids.at(-1) ?? 0 });
    await until(rest, 2);
    expect([...stream.ids, ...rest.ids]).toEqual([1, 2, 3]);
    rest.destroy();
  });
});
