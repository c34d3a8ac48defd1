export {
  createVendorRegistry,
  type VendorRegistry,
  type VendorRegistryOptions,
  type VendorStanding,
} from './registry/vendor-registry';
export { estimateTerms } from './registry/estimate-terms';
export type { VendorAccess } from './registry/vendor-access';
export type * from './vendor.port';
export type { HttpClient, HttpResult } from './http/http-client';
export { createReceiverClient, receiverRefusal, type ReceiverRules } from './web/guard/receiver-client';
