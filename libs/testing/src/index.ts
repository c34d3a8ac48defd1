export * from './apps';
export * from './redis';
export * from './scenarios';
