export * from './next-step';
export * from './record-outcome';
export * from './walk-facts';
export * from './walk-steps';
