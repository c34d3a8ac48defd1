export * from './score-lead';
export * from './score-weights';
export * from './title-fit';
