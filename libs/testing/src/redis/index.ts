export { CACHE_DIR as REDIS_CACHE_DIR, startTestRedis, type TestRedis } from './start-test-redis';
export * from './test-redis-path';
export * from './use-test-redis';
export * from './wait-until';
export * from './until-day-lasts';
