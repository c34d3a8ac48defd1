export * from './connections';
export * from './keys';
export * from './lua-script';
export * from './redis-outage';
export * from './embedded';
