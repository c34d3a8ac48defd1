export * from './signals-in-articles';
