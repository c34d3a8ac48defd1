export { CapPause, type CapWatch } from './cap-pause/cap-pause';
export type { CapStanding } from './cap-pause/cap-pause-decision';
export * from './company.repository';
export * from './lease';
export * from './log-transition';
export * from './reconciler/reconciler';
export * from './run-hash';
export * from './run.repository';
export * from './worker-registry';
