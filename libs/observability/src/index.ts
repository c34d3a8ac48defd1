export * from './logger';
export * from './mask-secrets';
export type * from './metrics/metric';
export { VENDOR_OUTCOMES } from './metrics/label-values';
export * from './metrics/metric-catalogue';
export * from './metrics/metric-list';
