export * from './normalize';
export * from './walk';
export * from './match';
export * from './score';
export * from './export';
export * from './icp';
export * from './intent';
export * from './signals';
