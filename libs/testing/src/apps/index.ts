export * from './plain-companies';
export * from './posted-run';
export * from './run-files';
export * from './run-leadgen';
export * from './simulator-books';
export * from './spawn-app';
export * from './start-test-cell';
export * from './tenant-plan';
