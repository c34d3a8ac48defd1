export * from './data-folder';
export * from './locate-redis';
export type { LauncherEnv, RedisBinary } from './redis-binary';
export * from './start-embedded-redis';
