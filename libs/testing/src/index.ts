export * from './apps';
export * from './redis';
