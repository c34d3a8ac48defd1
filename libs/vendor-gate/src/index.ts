export * from './gate.port';
export * from './redis-gate';
