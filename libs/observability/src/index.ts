export * from './logger';
export * from './mask-secrets';
export * from './metrics/create-metrics';
export type * from './metrics/metric';
export * from './metrics/metric-catalogue';
export { VENDOR_OUTCOMES } from './metrics/label-values';
export * from './metrics/metric-list';
export * from './metrics/metrics-server';
export * from './metrics/metrics.port';
