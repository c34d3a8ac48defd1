import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ApiKeys } from '#libs/access';
import { loadSettings } from '#libs/config';
import { createLogger } from '#libs/observability';
import type { CellKeys, RedisClient } from '#libs/redis';
import { closeApi, createApi } from '../src/start-api';
import { LIFTED_LIMITS } from './served-api';

export interface ApiAnswer {
  status: number;
  headers: Headers;
  /** Undefined for an empty answer. */
  body: unknown;
}

export interface AskedRoute {
  tenant?: string;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** The API in this process, listening on a free port. */
export class RunningApi {
  private readonly authorizations = new Map<string, Promise<string>>();

  private constructor(
    private readonly app: NestExpressApplication,
    private readonly url: string,
    private readonly apiKeys: ApiKeys,
    /** Its object storage is in here. */
    readonly dataDir: string,
  ) {}

  static async start(
    { url, redis, keys }: { url: string; redis: RedisClient; keys: CellKeys },
    env: Readonly<Record<string, string>> = {},
  ): Promise<RunningApi> {
    const dataDir = await mkdtemp(join(tmpdir(), 'leadgen-api-'));
    const settings = loadSettings({
      REDIS_URL: url,
      LEADGEN_CELL: keys.cell,
      LEADGEN_DATA_DIR: dataDir,
      ORCHESTRATOR_OFFLINE: '1',
      ...LIFTED_LIMITS,
      ...env,
    });
    const app = await createApi(settings, createLogger({ app: 'api', level: 'silent' }));
    await app.listen(0, '127.0.0.1');
    return new RunningApi(app, await app.getUrl(), new ApiKeys(redis, keys), dataDir);
  }

  /** Asks in the name of a tenant, by default `acme`. */
  async ask(
    method: string,
    path: string,
    { tenant = 'acme', body, headers }: AskedRoute = {},
  ): Promise<ApiAnswer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...headers,
        authorization: await this.authorization(tenant),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
  }

  async stop(): Promise<void> {
    await closeApi(this.app);
    await rm(this.dataDir, { recursive: true });
  }

  private authorization(tenant: string): Promise<string> {
    const known =
      this.authorizations.get(tenant) ??
      this.apiKeys.issue({ tenantId: tenant, environment: 'test' }).then(({ text }) => `Bearer ${text}`);
    this.authorizations.set(tenant, known);
    return known;
  }
}
