export * from './env-catalogue';
export * from './failpoint';
export * from './load-settings';
export type { VendorSettings } from './vendor-settings';
export * from './process-env';
