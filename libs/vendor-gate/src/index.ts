export * from './cell-tuning';
export * from './gate.port';
export * from './gate-operations.port';
export * from './platform-cap';
export * from './redis-gate';
export * from './redis-gate-operations';
export * from './suppression-key';
export * from './suppression-names';
export { budgetsUsed } from './budget-readings';
