export * from './job-ids';
export * from './job-payload';
export * from './run-flow';
export * from './stage-handler';
export type { StageJobReport, StageObserver } from './stage-runner';
export * from './stage-worker.module';
