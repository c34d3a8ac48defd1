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

/** Answers of the API: the body parsed where it is JSON, `{}` where it is not. */
export interface ApiAnswer {
  status: number;
  headers: Headers;
  body: Json;
  text: string;
}

interface SentJson {
  /** By default `acme`. */
  tenant?: string;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** A Redis that is there, and the cell of it that the API belongs to. */
export interface ApiCell {
  readonly url: string;
  readonly redis: RedisClient;
  readonly keys: CellKeys;
}

/** An API in this process, in a folder of its own. */
export interface ServedApi {
  readonly app: NestExpressApplication;
  readonly url: string;
  readonly redis: RedisClient;
  readonly keys: CellKeys;
  /** Its object storage is in here. */
  readonly dataDir: string;
  /** The `Authorization` of a key of the tenant; with every scope unless named. */
  authorization(tenant: string, scopes?: readonly Scope[]): Promise<string>;
  /** Asks in the name of a tenant. */
  ask(tenant: string, path: string, init?: RequestInit): Promise<ApiAnswer>;
  /** Likewise, with a body as JSON. */
  send(method: string, path: string, sent?: SentJson): Promise<ApiAnswer>;
  stop(): Promise<void>;
}

/** A test asks faster than a client should; one about the limits sets its own. */
const LIFTED_LIMITS = {
  LEADGEN_API_RATE_PER_MINUTE: '1000000',
  LEADGEN_API_RUNS_PER_MINUTE: '1000000',
} as const;

/** On a Redis of its own, unless it is given one. */
export async function serveApi(
  env: Readonly<Record<string, string>> = {},
  given?: ApiCell,
): Promise<ServedApi> {
  const { cell, stopRedis } = given
    ? { cell: given, stopRedis: () => Promise.resolve() }
    : await startApiCell();
  const { redis, keys } = cell;
  const dataDir = await mkdtemp(join(tmpdir(), 'leadgen-api-'));
  const settings = loadSettings({
    REDIS_URL: cell.url,
    LEADGEN_CELL: keys.cell,
    LEADGEN_DATA_DIR: dataDir,
    LEADGEN_API_PORT: '0',
    ...LIFTED_LIMITS,
    ...env,
  });
  const app = await createApi(settings, createLogger({ app: 'api', level: 'silent' }));
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const authorization = authorizationsOf(cell);
  const ask: ServedApi['ask'] = async (tenant, path, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', await authorization(tenant));
    return answerOf(await fetch(`${url}${path}`, { ...init, headers }));
  };
  return {
    app,
    url,
    redis,
    keys,
    dataDir,
    authorization,
    ask,
    send: (method, path, { tenant = 'acme', body, headers } = {}) =>
      ask(tenant, path, {
        method,
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    stop: async () => {
      await closeApi(app);
      await stopRedis();
      await rm(dataDir, { recursive: true });
    },
  };
}

async function startApiCell(): Promise<{ cell: ApiCell; stopRedis: () => Promise<void> }> {
  const server = await startTestRedis();
  const redis = createRedis(server.url, workerConnectionOptions());
  await redis.connect();
  const stopRedis = async (): Promise<void> => {
    await closeRedis(redis);
    await server.stop();
  };
  return { cell: { url: server.url, redis, keys: new CellKeys('main') }, stopRedis };
}

/** One key per tenant and set of scopes. */
function authorizationsOf({ redis, keys }: ApiCell): ServedApi['authorization'] {
  const issued = new Map<string, Promise<string>>();
  return (tenantId, scopes) => {
    const name = `${tenantId} ${scopes?.join(' ') ?? 'all'}`;
    const known =
      issued.get(name) ??
      new ApiKeys(redis, keys)
        .issue({ tenantId, environment: 'test', ...(scopes && { scopes }) })
        .then(({ text }) => `Bearer ${text}`);
    issued.set(name, known);
    return known;
  };
}

async function answerOf(response: Response): Promise<ApiAnswer> {
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? (JSON.parse(text) as Json) : {},
    text,
  };
}
