export * from './apps';
export * from './dirty';
export * from './redis';
