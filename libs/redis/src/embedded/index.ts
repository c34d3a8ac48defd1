export * from './data-folder';
export * from './locate-redis';
export type { LauncherEnv, RedisBinary } from './redis-binary';
export { embeddedRedisOf } from './served-folder';
export * from './start-embedded-redis';
