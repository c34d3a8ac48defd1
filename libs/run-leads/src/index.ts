export * from './lead-reader';
