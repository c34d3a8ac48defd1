export {
  createVendorRegistry,
  type VendorRegistry,
  type VendorRegistryOptions,
  type VendorStanding,
} from './registry/vendor-registry';
export type { VendorAccess } from './registry/vendor-access';
export type * from './vendor.port';
