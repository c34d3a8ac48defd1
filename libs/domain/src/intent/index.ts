export * from './parse-intent';
