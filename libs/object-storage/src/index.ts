export * from './file/file-object-storage.adapter';
export * from './object-keys';
export type * from './object-storage.port';
export * from './store-dataset';
