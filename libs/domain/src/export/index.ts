export * from './lead-csv-columns';
export * from './lead-rank';
export * from './provider-stats';
export * from './to-lead';
