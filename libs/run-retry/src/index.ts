export * from './retry-pricing';
export * from './run-retry';
