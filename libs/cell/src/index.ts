export * from './cell.module';
export * from './metrics-port';
export * from './nest-logger';
export * from './process-metrics';
export * from './start-stage-worker';
export * from './tuning.provider';
