export * from './audit-entry.schema';
export * from './audit-log';
export { fromOrigin } from './audit-origin';
