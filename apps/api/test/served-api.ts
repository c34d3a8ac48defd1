import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ApiKeys } from '#libs/access';
import { loadSettings } from '#libs/config';
import type { Scope } from '#libs/contracts';
import { createLogger } from '#libs/observability';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { startTestRedis } from '#libs/testing';
import { closeApi, createApi } from '../src/start-api';

type Json = Record<string, unknown>;

/** An API in this process, on a Redis and in a folder of its own. */
export interface ServedApi {
  readonly app: NestExpressApplication;
  readonly url: string;
  readonly redis: RedisClient;
  readonly keys: CellKeys;
  readonly dataDir: string;
  /** The `Authorization` of a key of the tenant; with every scope unless named. */
  authorization(tenant: string, scopes?: readonly Scope[]): Promise<string>;
  /** Asks in the name of a tenant; the body of the answer parsed where it is JSON, else as text. */
  ask(
    tenant: string,
    path: string,
    init?: RequestInit,
  ): Promise<{ status: number; headers: Headers; body: Json; text: string }>;
  stop(): Promise<void>;
}

/** A test asks faster than a client should; one about the limits sets its own. */
export const LIFTED_LIMITS = {
  LEADGEN_API_RATE_PER_MINUTE: '1000000',
  LEADGEN_API_RUNS_PER_MINUTE: '1000000',
} as const;

export async function serveApi(env: Readonly<Record<string, string>> = {}): Promise<ServedApi> {
  const server = await startTestRedis();
  const redis = createRedis(server.url, workerConnectionOptions());
  await redis.connect();
  const dataDir = await mkdtemp(join(tmpdir(), 'leadgen-api-'));
  const settings = loadSettings({
    REDIS_URL: server.url,
    LEADGEN_DATA_DIR: dataDir,
    LEADGEN_API_PORT: '0',
    ...LIFTED_LIMITS,
    ...env,
  });
  const app = await createApi(settings, createLogger({ app: 'api', level: 'silent' }));
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const keys = new CellKeys('main');
  const issued = new Map<string, Promise<string>>();
  const authorization: ServedApi['authorization'] = (tenantId, scopes) => {
    const name = `${tenantId} ${scopes?.join(' ') ?? 'all'}`;
    const known =
      issued.get(name) ??
      new ApiKeys(redis, keys)
        .issue({ tenantId, environment: 'test', ...(scopes && { scopes }) })
        .then(({ text }) => `Bearer ${text}`);
    issued.set(name, known);
    return known;
  };
  return {
    app,
    url,
    redis,
    keys,
    dataDir,
    authorization,
    ask: async (tenant, path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set('authorization', await authorization(tenant));
      const response = await fetch(`${url}${path}`, { ...init, headers });
      const text = await response.text();
      const isJson = (response.headers.get('content-type') ?? '').includes('json');
      return {
        status: response.status,
        headers: response.headers,
        body: isJson ? (JSON.parse(text) as Json) : {},
        text,
      };
    },
    stop: async () => {
      await closeApi(app);
      await closeRedis(redis);
      await server.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}
