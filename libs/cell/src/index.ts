export * from './cell.module';
export * from './nest-logger';
export * from './start-stage-worker';
export * from './tuning.provider';
