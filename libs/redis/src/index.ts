export * from './connections';
export * from './keys';
export * from './lua-script';
