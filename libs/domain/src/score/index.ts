export * from './score-lead';
export * from './score-weights';
