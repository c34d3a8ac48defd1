export * from './exclusion-lists.repository';
export * from './stored-version';
export * from './tenant-documents.repository';
