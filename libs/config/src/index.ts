export * from './env-catalogue';
export * from './load-settings';
export type { VendorSettings } from './vendor-settings';
