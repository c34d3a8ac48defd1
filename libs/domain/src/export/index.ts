export * from './lead-csv-columns';
export * from './lead-rank';
export * from './to-lead';
