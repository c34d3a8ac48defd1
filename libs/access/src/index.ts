export * from './api-key';
export * from './api-keys.repository';
export * from './ops/ops-login';
export * from './ops/ops-password';
export * from './ops/ops-users';
