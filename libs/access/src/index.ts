export * from './api-keys.repository';
export * from './ops/ops-login';
export * from './ops/ops-password';
export * from './ops/ops-users';
export * from './oidc-tokens';
export * from './request-admission';
