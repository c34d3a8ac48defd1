export * from './audit-entry.schema';
export * from './audit-log';
