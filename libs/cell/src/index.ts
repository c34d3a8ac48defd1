export * from './cell.module';
export * from './exit-on-failed-start';
export * from './nest-logger';
export * from './start-stage-worker';
