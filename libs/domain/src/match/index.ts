export { CRITERION_WEIGHTS, type Criterion } from './criteria';
export * from './match-icp';
export * from './shortlist';
