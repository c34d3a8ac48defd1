export * from './env-catalogue';
export * from './failpoint';
export * from './load-settings';
export type { VendorOverride, VendorOverrides } from './vendor-overrides';
export type { VendorSettings } from './vendor-settings';
export * from './process-env';
