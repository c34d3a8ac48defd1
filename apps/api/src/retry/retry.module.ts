import { Module } from '@nestjs/common';
import { AuditLog } from '#libs/audit';
import { REDIS, SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import { RunFlow } from '#libs/queue';
import { CellKeys, type RedisClient } from '#libs/redis';
import { RetryPricing, RunRetry } from '#libs/run-retry';
import { CompanyRepository, RunRepository } from '#libs/run-state';
import { RedisGateOperations } from '#libs/vendor-gate';
import { createVendorRegistry } from '#libs/vendors';
import { OrchestrationsModule } from '../orchestrations/orchestrations.module';
import { RetryController } from './retry.controller';

@Module({
  imports: [OrchestrationsModule],
  controllers: [RetryController],
  providers: [
    {
      provide: AuditLog,
      useFactory: (redis: RedisClient, keys: CellKeys) => new AuditLog(redis, keys),
      inject: [REDIS, CellKeys],
    },
    {
      provide: RetryPricing,
      useFactory: (companies: CompanyRepository, redis: RedisClient, keys: CellKeys, settings: Settings) => {
        const { vendors: access, vendorOverrides: overrides, runtime } = settings;
        const vendors = createVendorRegistry({ access, overrides, offline: runtime.offline });
        return new RetryPricing(companies, new RedisGateOperations(redis, keys), vendors);
      },
      inject: [CompanyRepository, REDIS, CellKeys, SETTINGS],
    },
    {
      provide: RunRetry,
      useFactory: (runs: RunRepository, flow: RunFlow, pricing: RetryPricing) =>
        new RunRetry(runs, flow, pricing),
      inject: [RunRepository, RunFlow, RetryPricing],
    },
  ],
})
export class RetryModule {}
