export type * from './registry/vendor-registry';
export type * from './vendor.port';
