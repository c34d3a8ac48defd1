export * from './suppressed-subject';
