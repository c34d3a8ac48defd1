import type { AuditLog } from '#libs/audit';
import type { Settings } from '#libs/config';
import { CellKeys, closeRedis, producerConnectionOptions, type RedisClient } from '#libs/redis';
import type { Erasures } from '#libs/erasure';
import { Sealer } from '#libs/sealing';
import type {
  ExclusionLists,
  SuppressionLists,
  TenantDirectory,
  TenantDocuments,
  TenantWebhooks,
  VendorCredentials,
} from '#libs/tenancy';
import type { CellTuning } from '#libs/vendor-gate';
import { actorOf, type ActorOptions } from '../audit/actor';
import { openRedis } from '../cell/open-redis';
import { withStandingRedis, type CellSurroundings } from '../cell/standing-cell';

/** What a cell keeps for its tenants. */
export interface TenancyCell {
  /** Throws `config_invalid` where this shell has not the key of the cell's lists. */
  suppressions: () => Promise<SuppressionLists>;
  hasSuppressionKey: boolean;
  /** How many a tenant has suppressed. */
  suppressed: (tenantId: string) => Promise<number>;
  directory: TenantDirectory;
  credentials: VendorCredentials;
  webhooks: TenantWebhooks;
  documents: TenantDocuments;
  exclusions: ExclusionLists;
  erasures: Erasures;
  tuning: CellTuning;
  /** Runs of a tenant that have not ended. */
  activeRuns: (tenantId: string) => Promise<number>;
  /** Opens the cap of a tenant's own key: what the one before was refused says nothing about the next. */
  reopen: (vendor: string, tenantId: string) => Promise<void>;
  audit: AuditLog;
  /** Whoever types this, for the audit log. */
  actor: string;
  /** Nobody works there now. */
  asleep: boolean;
}

/** The cell that is meant, for as long as a command needs it. Throws as `withStandingRedis` and `openRedis`. */
export async function withTenancy<Result>(
  context: CellSurroundings,
  by: ActorOptions,
  use: (cell: TenancyCell) => Promise<Result>,
): Promise<Result> {
  const actor = actorOf(by);
  return withStandingRedis(context, async ({ url, asleep }, settings) => {
    const keys = new CellKeys(settings.runtime.cell);
    const redis = await openRedis(url, context.logger);
    try {
      return await use({ ...(await parts({ redis, url, keys, settings, actor })), actor, asleep });
    } finally {
      await closeRedis(redis);
    }
  });
}

interface CellParts {
  redis: RedisClient;
  url: string;
  keys: CellKeys;
  settings: Settings;
  actor: string;
}

/** Loaded for these commands only: the others start without them. */
async function parts({
  redis,
  url,
  keys,
  settings,
  actor,
}: CellParts): Promise<Omit<TenancyCell, 'actor' | 'asleep'>> {
  const [audit, tenancy, gate, erasure] = await Promise.all([
    import('#libs/audit'),
    import('#libs/tenancy'),
    import('#libs/vendor-gate'),
    import('#libs/erasure'),
  ]);
  const sealer = new Sealer(settings.sealing.keys);
  const tuning = new gate.CellTuning(redis, keys);
  await tuning.refresh();
  return {
    suppressions: async () =>
      new tenancy.SuppressionLists(
        redis,
        keys,
        await tenancy.openSuppressionNames(redis, keys, settings.suppression.key),
      ),
    hasSuppressionKey: settings.suppression.key !== undefined,
    suppressed: (tenantId) => redis.scard(keys.suppressed(tenantId)),
    activeRuns: (tenantId) => redis.scard(keys.tenantActiveRuns(tenantId)),
    documents: new tenancy.TenantDocuments(redis, keys),
    exclusions: new tenancy.ExclusionLists(redis, keys),
    erasures: new erasure.Erasures(redis, keys),
    tuning,
    directory: new tenancy.TenantDirectory(redis, keys),
    audit: new audit.AuditLog(redis, keys),
    credentials: new tenancy.VendorCredentials(redis, keys, sealer),
    webhooks: new tenancy.TenantWebhooks(redis, keys, sealer),
    reopen: async (vendor, tenantId) => {
      const capId = gate.tenantCapId(vendor, settings.runtime.offline, tenantId);
      await new gate.RedisGateOperations(redis, keys).reopen(capId, actor);
      await reopenLane(capId, url, keys);
    },
  };
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
