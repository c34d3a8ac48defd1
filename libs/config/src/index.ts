export * from './env-catalogue';
export * from './failpoint';
export type { LaneShare } from './lane-share.schema';
export { OWN_PATHS, type LegacyAction, type LegacyRoute, type LegacyRoutes } from './legacy-routes.schema';
export * from './load-settings';
export { tenantTerms, type TenantSettings, type TenantTerms } from './tenant-settings';
export type { VendorOverride, VendorOverrides } from './vendor-overrides';
export type { VendorSettings } from './vendor-settings';
export * from './process-env';
