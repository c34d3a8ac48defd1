import { Module, type DynamicModule } from '@nestjs/common';
import { AuditLog } from '#libs/audit';
import type { Settings } from '#libs/config';
import type { Logger, Metrics } from '#libs/observability';
import type { RunFlow } from '#libs/queue';
import type { CellKeys, RedisClient } from '#libs/redis';
import { CellTuning, RedisGateOperations } from '#libs/vendor-gate';
import { createVendorRegistry } from '#libs/vendors';
import { OpsAudit } from './ops-audit';
import { LaneDoors, OpsVendorsController } from './vendors/ops-vendors.controller';
import { DeclaredTenants, OpsWeightsController } from './vendors/ops-weights.controller';
import { VendorCaps } from './vendors/vendor-caps';

/** What the admin port needs of the process it is part of. */
export interface AdminContext {
  settings: Settings;
  logger: Logger;
  redis: RedisClient;
  keys: CellKeys;
  flow: RunFlow;
  metrics: Metrics;
}

/** The routes of the admin port, beside the board. They share nothing with the tenants' routes. */
@Module({})
export class AdminModule {
  static forProcess({ settings, redis, keys, flow }: AdminContext): DynamicModule {
    const { vendors: access, vendorOverrides: overrides, tenants, runtime } = settings;
    const vendors = createVendorRegistry({ access, overrides, offline: runtime.offline });
    const gate = new RedisGateOperations(redis, keys);
    const tuning = new CellTuning(redis, keys);
    return {
      module: AdminModule,
      controllers: [OpsVendorsController, OpsWeightsController],
      providers: [
        { provide: RedisGateOperations, useValue: gate },
        { provide: CellTuning, useValue: tuning },
        { provide: LaneDoors, useValue: flow.lanes },
        { provide: DeclaredTenants, useValue: { tenants } satisfies DeclaredTenants },
        { provide: OpsAudit, useValue: new OpsAudit(new AuditLog(redis, keys)) },
        {
          provide: VendorCaps,
          useValue: new VendorCaps(gate, flow.lanes, vendors, tuning, runtime.offline),
        },
      ],
    };
  }
}
