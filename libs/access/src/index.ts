export * from './api-key';
export * from './api-keys.repository';
