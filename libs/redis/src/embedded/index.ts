export * from './locate-redis';
export * from './redis-binary';
export * from './start-embedded-redis';
