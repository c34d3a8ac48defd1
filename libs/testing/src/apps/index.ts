export * from './plain-companies';
export * from './run-files';
export * from './run-leadgen';
export * from './spawn-app';
export * from './start-test-cell';
