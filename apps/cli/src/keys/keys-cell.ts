import { ApiKeys } from '#libs/access';
import { AuditLog } from '#libs/audit';
import { appError } from '#libs/contracts';
import { CellKeys, closeRedis, connectOrFail, createRedis, producerConnectionOptions } from '#libs/redis';
import { actorOf, type ActorOptions } from '../audit/actor';
import type { CommandContext } from '../command-context';

export interface KeysCell {
  apiKeys: ApiKeys;
  audit: AuditLog;
  /** Who does it, for the audit log. */
  actor: string;
}

const CONNECT_MS = 4_000;

/** The keys of the cell of `REDIS_URL`, for as long as a command needs them. Throws `usage` or `redis_unreachable`. */
export async function withKeys<Result>(
  { settings, logger }: Pick<CommandContext, 'settings' | 'logger'>,
  by: ActorOptions,
  use: (cell: KeysCell) => Promise<Result>,
): Promise<Result> {
  const actor = actorOf(by);
  const { redis: server, runtime } = settings;
  if (server.url === undefined) {
    throw appError(
      'usage',
      'REDIS_URL is not set: it names the cell whose keys are meant, e.g. REDIS_URL=redis://127.0.0.1:6379 leadgen keys list',
    );
  }
  const redis = createRedis(server.url, producerConnectionOptions());
  redis.on('error', (error: Error) => logger.debug({ err: error.message }, 'redis connection error'));
  await connectOrFail(redis, CONNECT_MS);
  try {
    const keys = new CellKeys(runtime.cell);
    const cell = { apiKeys: new ApiKeys(redis, keys), audit: new AuditLog(redis, keys) };
    return await use({ ...cell, actor });
  } finally {
    await closeRedis(redis);
  }
}
