export * from './job-ids';
export { INTERRUPT_GRACE_MS } from './job-interrupter';
export * from './job-payload';
export * from './run-flow';
export * from './stage-handler';
export type { StageJobReport, StageObserver } from './stage-runner';
export * from './stage-worker.module';
