import { ApiKeys } from '#libs/access';
import { AuditLog } from '#libs/audit';
import { CellKeys, closeRedis } from '#libs/redis';
import { actorOf, type ActorOptions } from '../audit/actor';
import { openRedis } from '../cell/open-redis';
import { withStandingRedis, type CellSurroundings } from '../cell/standing-cell';

export interface KeysCell {
  apiKeys: ApiKeys;
  audit: AuditLog;
  /** Who does it, for the audit log. */
  actor: string;
}

/** The keys of the cell that is meant, for as long as a command needs them. Throws as `withStandingRedis` and `openRedis`. */
export async function withKeys<Result>(
  context: CellSurroundings,
  by: ActorOptions,
  use: (cell: KeysCell) => Promise<Result>,
): Promise<Result> {
  const actor = actorOf(by);
  return withStandingRedis(context, async ({ url }, { runtime }) => {
    const redis = await openRedis(url, context.logger);
    try {
      const keys = new CellKeys(runtime.cell);
      const cell = { apiKeys: new ApiKeys(redis, keys), audit: new AuditLog(redis, keys) };
      return await use({ ...cell, actor });
    } finally {
      await closeRedis(redis);
    }
  });
}
