export * from './exclusion-list';
