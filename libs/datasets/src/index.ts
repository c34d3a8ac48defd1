export * from './dataset.repository';
