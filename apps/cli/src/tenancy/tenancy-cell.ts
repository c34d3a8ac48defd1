import { userInfo } from 'node:os';
import type { AuditLog } from '#libs/audit';
import { appError } from '#libs/contracts';
import { CellKeys, closeRedis, connectOrFail, createRedis, producerConnectionOptions } from '#libs/redis';
import { Sealer } from '#libs/sealing';
import type { SuppressionLists, TenantDirectory, VendorCredentials } from '#libs/tenancy';
import type { CommandContext } from '../command-context';

const CONNECT_MS = 4_000;

/** What a cell keeps for its tenants. */
export interface TenancyCell {
  suppressions: SuppressionLists;
  directory: TenantDirectory;
  credentials: VendorCredentials;
  /** Opens the cap of a tenant's own key: what the one before was refused says nothing about the next. */
  reopen: (vendor: string, tenantId: string) => Promise<void>;
  audit: AuditLog;
  /** Whoever types this, for the audit log. */
  actor: string;
}

/** The cell of `REDIS_URL`, for as long as a command needs it. Throws `usage` or `redis_unreachable`. */
export async function withTenancy<Result>(
  { settings, logger }: Pick<CommandContext, 'settings' | 'logger'>,
  use: (cell: TenancyCell) => Promise<Result>,
): Promise<Result> {
  const { url } = settings.redis;
  if (url === undefined) {
    throw appError(
      'usage',
      'REDIS_URL is not set: it names the cell whose tenant is meant, e.g. REDIS_URL=redis://127.0.0.1:6379 leadgen suppress',
    );
  }
  const keys = new CellKeys(settings.runtime.cell);
  const redis = createRedis(url, producerConnectionOptions());
  redis.on('error', (error: Error) => logger.debug({ err: error.message }, 'redis connection error'));
  await connectOrFail(redis, CONNECT_MS);
  try {
    // Loaded for these commands only: the others start without them.
    const [audit, tenancy, gate] = await Promise.all([
      import('#libs/audit'),
      import('#libs/tenancy'),
      import('#libs/vendor-gate'),
    ]);
    const actor = `cli:${userInfo().username}`;
    return await use({
      suppressions: new tenancy.SuppressionLists(
        redis,
        keys,
        await tenancy.openSuppressionNames(redis, keys, settings.suppression.key),
      ),
      directory: new tenancy.TenantDirectory(redis, keys),
      audit: new audit.AuditLog(redis, keys),
      credentials: new tenancy.VendorCredentials(redis, keys, new Sealer(settings.sealing.keys)),
      reopen: async (vendor, tenantId) => {
        const capId = gate.tenantCapId(vendor, settings.runtime.offline, tenantId);
        await new gate.RedisGateOperations(redis, keys).reopen(capId, actor);
        await reopenLane(capId, url, keys);
      },
      actor,
    });
  } finally {
    await closeRedis(redis);
  }
}

/** Its workers sleep as long as the lane is closed, whatever the gate says. */
async function reopenLane(capId: string, redisUrl: string, keys: CellKeys): Promise<void> {
  const { RunFlow } = await import('#libs/queue');
  const flow = new RunFlow({ redisUrl, keys, connection: producerConnectionOptions() });
  await flow.connect();
  try {
    await flow.lanes.reopen(capId);
  } finally {
    await flow.close();
  }
}
