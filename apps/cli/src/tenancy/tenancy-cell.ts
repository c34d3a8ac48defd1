import { userInfo } from 'node:os';
import type { AuditLog } from '#libs/audit';
import { appError } from '#libs/contracts';
import { CellKeys, closeRedis, connectOrFail, createRedis, producerConnectionOptions } from '#libs/redis';
import type { SuppressionLists } from '#libs/tenancy';
import type { CommandContext } from '../command-context';

const CONNECT_MS = 4_000;

/** What a cell keeps for its tenants. */
export interface TenancyCell {
  suppressions: SuppressionLists;
  audit: AuditLog;
  /** Whoever types this, for the audit log. */
  actor: string;
}

/** The cell of `REDIS_URL`, for as long as a command needs it. Throws `usage` or `redis_unreachable`. */
export async function withTenancy<Result>(
  { settings, logger }: Pick<CommandContext, 'settings' | 'logger'>,
  use: (cell: TenancyCell) => Promise<Result>,
): Promise<Result> {
  if (settings.redis.url === undefined) {
    throw appError(
      'usage',
      'REDIS_URL is not set: it names the cell whose tenant is meant, e.g. REDIS_URL=redis://127.0.0.1:6379 leadgen suppress',
    );
  }
  const keys = new CellKeys(settings.runtime.cell);
  const redis = createRedis(settings.redis.url, producerConnectionOptions());
  redis.on('error', (error: Error) => logger.debug({ err: error.message }, 'redis connection error'));
  await connectOrFail(redis, CONNECT_MS);
  try {
    // Loaded for these commands only: the others start without them.
    const [audit, tenancy] = await Promise.all([import('#libs/audit'), import('#libs/tenancy')]);
    return await use({
      suppressions: new tenancy.SuppressionLists(redis, keys),
      audit: new audit.AuditLog(redis, keys),
      actor: `cli:${userInfo().username}`,
    });
  } finally {
    await closeRedis(redis);
  }
}
