import { setTimeout as delay } from 'node:timers/promises';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { RunRepository, type RunRef } from '#libs/run-state';
import { startTestCell, waitUntil, type SpawnedApp, type TestCell } from '#libs/testing';
import { FollowingClient } from './following-client';
import { ReadyBalancer } from './ready-balancer';

/** More than processes serve: one that came in by a restart is restarted, too. */
const RESTARTS = process.env.LEADGEN_FULL === '1' ? 10 : 3;
/** Between a client's requests: as fast as they can they would only take the processors from those that restart. */
const PAUSE_MS = 10;
const LINGER_MS = 1_000;
const FOLLOWERS_PER_RUN = 3;
const RUNS = 4;
const PATIENCE_MS = 60_000;

describe('a rolling restart of the API under load', () => {
  let cell: TestCell;
  let redis: RedisClient;
  let runs: RunRepository;
  let balancer: ReadyBalancer;
  let headers: Record<string, string>;
  /** Until the restarts are over. */
  let loading = true;

  beforeAll(async () => {
    cell = await startTestCell({
      workers: { normalize: 0, enrich: 0, export: 0 },
      env: {
        LEADGEN_API_PORT: '0',
        LEADGEN_API_LINGER_MS: String(LINGER_MS),
        LEADGEN_API_ACTIVE_RUNS_PER_TENANT: '1000000',
      },
    });
    redis = createRedis(cell.redis.url, workerConnectionOptions());
    runs = new RunRepository(redis, new CellKeys('main'));
    balancer = await ReadyBalancer.start();
    headers = { ...(await cell.authorization('acme')), 'content-type': 'application/json' };
  });

  afterAll(async () => {
    loading = false;
    balancer.close();
    await closeRedis(redis);
    await cell.stop();
  });

  /** Starts a process and waits until it is sent requests. */
  async function join(): Promise<SpawnedApp> {
    const api = await cell.start('api');
    const url = String(api.ready.url);
    balancer.add(url);
    await waitUntil(() => balancer.isServing(url), { timeoutMs: PATIENCE_MS, what: 'the new API serves' });
    return api;
  }

  /** Sends one request after the other; counts the answers by their status, or by what went wrong. */
  async function load(send: () => Promise<Response>): Promise<Map<string, number>> {
    const answers = new Map<string, number>();
    while (loading) {
      const answer = await send().then(
        async (response) => {
          const text = await response.text();
          return `${response.status}${response.ok ? '' : text}`;
        },
        (error: unknown) => String(error instanceof Error ? (error.cause ?? error) : error),
      );
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
      await delay(PAUSE_MS);
    }
    return answers;
  }

  const post = (): Promise<Response> =>
    fetch(`${balancer.url}/api/orchestrations`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ input: 'run full pipeline', icp_payload: {} }),
    });

  async function tellUntilOver(run: RunRef): Promise<void> {
    for (let told = 0; loading; told += 1) {
      await runs.announce(run, 'progress', 'enrich', `news ${told}`);
      await delay(PAUSE_MS);
    }
    await runs.announce(run, 'progress', 'enrich', 'the last news');
  }

  it('answers every request, and loses or repeats no event of those who follow runs', async () => {
    const serving = [await join(), await join()];
    const followed: RunRef[] = [];
    for (let i = 0; i < RUNS; i += 1) {
      const { run_id: runId } = (await (await post()).json()) as { run_id: string };
      followed.push({ tenantId: 'acme', runId });
    }
    const clients = followed.flatMap(({ runId }) =>
      Array.from(
        { length: FOLLOWERS_PER_RUN },
        () => new FollowingClient(`${balancer.url}/api/orchestrations/${runId}/events`, headers),
      ),
    );
    const telling = followed.map(tellUntilOver);
    const get = (): Promise<Response> =>
      fetch(`${balancer.url}/api/orchestrations/${followed[0]?.runId}`, { headers });
    const answers = Promise.all([load(post), load(post), load(get), load(get)]);

    const exits: unknown[] = [];
    for (let i = 0; i < RESTARTS; i += 1) {
      const old = serving.shift() as SpawnedApp;
      const [exit, joined] = await Promise.all([old.stop(), join()]);
      balancer.remove(String(old.ready.url));
      exits.push(exit);
      serving.push(joined);
    }
    loading = false;
    const [posts, morePosts, gets, moreGets] = await answers;
    expect([...posts.keys(), ...morePosts.keys()]).toEqual(['202', '202']);
    expect([...gets.keys(), ...moreGets.keys()]).toEqual(['200', '200']);
    expect(exits).toEqual(Array.from({ length: RESTARTS }, () => 0));
    expect(balancer.broken).toEqual([]);

    await Promise.all(telling);
    for (const [i, client] of clients.entries()) {
      const run = followed[Math.floor(i / FOLLOWERS_PER_RUN)] as RunRef;
      const last = Number(await runs.field(run, 'event_seq'));
      await waitUntil(() => (client.ids.at(-1) ?? 0) >= last, {
        timeoutMs: PATIENCE_MS,
        what: 'the client has the last event',
      });
      await client.stop();
      expect(client.faults).toEqual([]);
      expect(client.ids).toEqual(Array.from({ length: last }, (_, id) => id + 1));
    }
    // Each process was stopped with its streams on it: they did go on elsewhere.
    expect(clients.reduce((sum, { connections }) => sum + connections, 0)).toBeGreaterThan(
      clients.length + RESTARTS,
    );
    expect(posts.get('202')).toBeGreaterThan(RESTARTS);
  });
});
