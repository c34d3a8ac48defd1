import { ApiKeys } from '#libs/access';
import { AuditLog } from '#libs/audit';
import { appError } from '#libs/contracts';
import { CellKeys, closeRedis } from '#libs/redis';
import { actorOf, type ActorOptions } from '../audit/actor';
import { openRedis } from '../cell/open-redis';
import type { CommandContext } from '../command-context';

export interface KeysCell {
  apiKeys: ApiKeys;
  audit: AuditLog;
  /** Who does it, for the audit log. */
  actor: string;
}

/** The keys of the cell of `REDIS_URL`, for as long as a command needs them. Throws `usage`, or as `openRedis`. */
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
  const redis = await openRedis(server.url, logger);
  try {
    const keys = new CellKeys(runtime.cell);
    const cell = { apiKeys: new ApiKeys(redis, keys), audit: new AuditLog(redis, keys) };
    return await use({ ...cell, actor });
  } finally {
    await closeRedis(redis);
  }
}
