import { Module } from '@nestjs/common';
import { REDIS, SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import { CellKeys, type RedisClient } from '#libs/redis';
import { CompanyRepository } from '#libs/run-state';
import { RedisGate } from '#libs/vendor-gate';
import { createVendorRegistry } from '#libs/vendors';
import { PlanCache } from './plan-cache';
import { CompanyWalk } from './walk/company-walk';
import { GatedCall } from './walk/gated-call';
import { RegistryDesk } from './walk/registry-desk';

@Module({
  providers: [
    PlanCache,
    {
      provide: CompanyWalk,
      useFactory: (redis: RedisClient, keys: CellKeys, companies: CompanyRepository, settings: Settings) => {
        const { offline } = settings.runtime;
        const registry = createVendorRegistry({
          access: settings.vendors,
          overrides: settings.vendorOverrides,
          offline,
        });
        const calls = new GatedCall(new RedisGate(redis, keys), new RegistryDesk(registry, offline));
        return new CompanyWalk(companies, calls);
      },
      inject: [REDIS, CellKeys, CompanyRepository, SETTINGS],
    },
  ],
  exports: [PlanCache, CompanyWalk],
})
export class EnrichModule {}
