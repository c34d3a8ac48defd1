export * from './exit-on-failed-start';
export * from './readiness';
export * from './shutdown';
export * from './start-tracing';
