export { CRITERION_WEIGHTS, type Criterion } from './criterion-verdict';
export * from './match-icp';
export * from './shortlist';
