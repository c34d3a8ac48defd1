import { Module } from '@nestjs/common';
import { REDIS, SETTINGS, tuningProvider } from '#libs/cell';
import type { Settings } from '#libs/config';
import { LaneList, RunFlow } from '#libs/queue';
import { CellKeys, type RedisClient } from '#libs/redis';
import { CompanyRepository, RunRepository } from '#libs/run-state';
import { CellTuning, RedisGate } from '#libs/vendor-gate';
import { createVendorRegistry, type VendorRegistry } from '#libs/vendors';
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
      useFactory: (runs: RunRepository, tuning: CellTuning) => new PlanCache(runs, tuning),
      inject: [RunRepository, CellTuning],
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
      useFactory: (desk: RegistryDesk) => new LaneList(desk.lanes()),
      inject: [RegistryDesk],
    },
    {
      provide: CompanyWalk,
      useFactory: (
        redis: RedisClient,
        keys: CellKeys,
        companies: CompanyRepository,
        runs: RunRepository,
        flow: RunFlow,
        desk: RegistryDesk,
      ) => {
        const calls = new GatedCall(new RedisGate(redis, keys), desk, flow.lanes, runs);
        return new CompanyWalk(companies, calls, new Continuations(companies, flow));
      },
      inject: [REDIS, CellKeys, CompanyRepository, RunRepository, RunFlow, RegistryDesk],
    },
  ],
  exports: [PlanCache, Quarantine, CompanyWalk, LaneList, CellTuning],
})
export class EnrichModule {}
