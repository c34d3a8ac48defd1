import { Module } from '@nestjs/common';
import { LOGGER, METRICS, REDIS, SETTINGS, tuningProvider } from '#libs/cell';
import type { Settings } from '#libs/config';
import type { Logger, Metrics } from '#libs/observability';
import { LaneList, RunFlow } from '#libs/queue';
import { CellKeys, type RedisClient } from '#libs/redis';
import { CompanyRepository, RunRepository } from '#libs/run-state';
import { Sealer } from '#libs/sealing';
import { VendorCredentials } from '#libs/tenancy';
import { CellTuning, RedisGate, RedisGateOperations, SuppressionNames } from '#libs/vendor-gate';
import { createVendorRegistry, type VendorRegistry } from '#libs/vendors';
import { CredentialCache } from './own-keys/credential-cache';
import { OwnKeyDesk } from './own-keys/own-key-desk';
import { VendorMeter } from './metrics/vendor-meter';
import { OwnLanes } from './own-keys/own-lanes';
import { PlanCache } from './plan-cache';
import { Quarantine } from './quarantine';
import { CompanyWalk } from './walk/company-walk';
import { Continuations } from './walk/continuations';
import { GatedCall } from './walk/gated-call';
import { RegistryDesk } from './walk/registry-desk';

const VENDORS = Symbol('vendor registry');

@Module({
  providers: [
    tuningProvider,
    {
      provide: PlanCache,
      useFactory: (runs: RunRepository, tuning: CellTuning, credentials: CredentialCache) =>
        new PlanCache(runs, tuning, credentials),
      inject: [RunRepository, CellTuning, CredentialCache],
    },
    Quarantine,
    {
      provide: VENDORS,
      useFactory: ({ vendors, vendorOverrides, runtime }: Settings) =>
        createVendorRegistry({ access: vendors, overrides: vendorOverrides, offline: runtime.offline }),
      inject: [SETTINGS],
    },
    {
      provide: RegistryDesk,
      useFactory: (registry: VendorRegistry, { runtime }: Settings, tuning: CellTuning) =>
        new RegistryDesk(registry, runtime.offline, tuning),
      inject: [VENDORS, SETTINGS, CellTuning],
    },
    {
      provide: LaneList,
      useFactory: (desk: RegistryDesk, { workers }: Settings) =>
        new LaneList(desk.lanes(), desk.servedBy(workers.enrichLanes)),
      inject: [RegistryDesk, SETTINGS],
    },
    {
      provide: CredentialCache,
      useFactory: (
        redis: RedisClient,
        keys: CellKeys,
        { sealing }: Settings,
        desk: RegistryDesk,
        lanes: LaneList,
      ) =>
        new CredentialCache(
          new VendorCredentials(redis, keys, new Sealer(sealing.keys)),
          (vendor, tenantId) => addLane(lanes, desk, desk.ownCapId(vendor, tenantId)),
        ),
      inject: [REDIS, CellKeys, SETTINGS, RegistryDesk, LaneList],
    },
    {
      provide: OwnKeyDesk,
      useFactory: (desk: RegistryDesk, credentials: CredentialCache) => new OwnKeyDesk(desk, credentials),
      inject: [RegistryDesk, CredentialCache],
    },
    {
      provide: OwnLanes,
      useFactory: (redis: RedisClient, keys: CellKeys, desk: RegistryDesk, lanes: LaneList, logger: Logger) =>
        new OwnLanes(
          new RedisGateOperations(redis, keys),
          (capId) => desk.ownLane(capId),
          lanes,
          (error) =>
            logger.warn({ event: 'caps_unread', err: error.message }, 'the caps in use could not be read'),
        ),
      inject: [REDIS, CellKeys, RegistryDesk, LaneList, LOGGER],
    },
    {
      provide: RedisGate,
      useFactory: (redis: RedisClient, keys: CellKeys, names: SuppressionNames) =>
        new RedisGate(redis, keys, names),
      inject: [REDIS, CellKeys, SuppressionNames],
    },
    {
      provide: VendorMeter,
      useFactory: (metrics: Metrics) => new VendorMeter(metrics),
      inject: [METRICS],
    },
    {
      provide: CompanyWalk,
      useFactory: (
        gate: RedisGate,
        companies: CompanyRepository,
        runs: RunRepository,
        flow: RunFlow,
        vendors: OwnKeyDesk,
        meter: VendorMeter,
      ) => {
        const calls = new GatedCall(gate, vendors, flow.lanes, runs, meter);
        return new CompanyWalk(companies, calls, new Continuations(companies, flow), meter);
      },
      inject: [RedisGate, CompanyRepository, RunRepository, RunFlow, OwnKeyDesk, VendorMeter],
    },
  ],
  exports: [OwnLanes, PlanCache, Quarantine, CompanyWalk, LaneList, CellTuning],
})
export class EnrichModule {}

function addLane(lanes: LaneList, desk: RegistryDesk, capId: string): void {
  const lane = desk.ownLane(capId);
  if (lane) lanes.add(lane);
}
