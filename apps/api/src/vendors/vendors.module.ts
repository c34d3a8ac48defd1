import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { REDIS, SETTINGS, tuningProvider } from '#libs/cell';
import type { Settings } from '#libs/config';
import { CellKeys, type RedisClient } from '#libs/redis';
import { RedisGateOperations } from '#libs/vendor-gate';
import { createVendorRegistry, type VendorRegistry } from '#libs/vendors';
import { VendorsController } from './vendors.controller';
import { VENDOR_TERMS, VendorsService } from './vendors.service';

@Module({
  controllers: [VendorsController],
  providers: [
    VendorsService,
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
  ],
  exports: [VENDOR_TERMS, RedisGateOperations],
})
export class VendorsModule implements OnApplicationShutdown {
  constructor(@Inject(VENDOR_TERMS) private readonly registry: VendorRegistry) {}

  async onApplicationShutdown(): Promise<void> {
    await this.registry.close();
  }
}
