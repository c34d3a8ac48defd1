export * from './start-test-redis';
export * from './wait-until';
