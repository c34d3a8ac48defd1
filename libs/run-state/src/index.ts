export * from './company.repository';
export * from './lease';
export * from './log-transition';
export * from './reconciler/reconciler';
export * from './run-hash';
export * from './run.repository';
export * from './worker-registry';
