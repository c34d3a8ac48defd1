export * from './known-facts';
export * from './match-by-facts';
