export * from './compile-icp';
export type { CompiledIcp } from './compiled-icp';
export * from './parse-icp';
