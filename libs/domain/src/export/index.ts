export * from './lead-csv-columns';
export * from './rank-leads';
export * from './to-lead';
