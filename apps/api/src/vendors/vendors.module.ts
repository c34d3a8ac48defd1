import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { REDIS, SETTINGS, tuningProvider } from '#libs/cell';
import type { Settings } from '#libs/config';
import { CellKeys, type RedisClient } from '#libs/redis';
import { Sealer } from '#libs/sealing';
import { VendorCredentials } from '#libs/tenancy';
import { RedisGateOperations } from '#libs/vendor-gate';
import { createVendorRegistry, type VendorRegistry } from '#libs/vendors';
import { VendorsController } from './vendors.controller';
import { VENDOR_TERMS, VendorsService } from './vendors.service';
import { WaitingCompanies } from './waiting-companies';

@Module({
  controllers: [VendorsController],
  providers: [
    VendorsService,
    WaitingCompanies,
    tuningProvider,
    {
      provide: VENDOR_TERMS,
      useFactory: ({ vendors, vendorOverrides, runtime }: Settings) =>
        createVendorRegistry({ access: vendors, overrides: vendorOverrides, offline: runtime.offline }),
      inject: [SETTINGS],
    },
    {
      provide: RedisGateOperations,
      useFactory: (redis: RedisClient, keys: CellKeys) => new RedisGateOperations(redis, keys),
      inject: [REDIS, CellKeys],
    },
    {
      provide: VendorCredentials,
      useFactory: (redis: RedisClient, keys: CellKeys, { sealing }: Settings) =>
        new VendorCredentials(redis, keys, new Sealer(sealing.keys)),
      inject: [REDIS, CellKeys, SETTINGS],
    },
  ],
  exports: [VENDOR_TERMS, RedisGateOperations, VendorCredentials],
})
export class VendorsModule implements OnApplicationShutdown {
  constructor(@Inject(VENDOR_TERMS) private readonly registry: VendorRegistry) {}

  async onApplicationShutdown(): Promise<void> {
    await this.registry.close();
  }
}
