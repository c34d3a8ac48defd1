export * from './exclusion-lists.repository';
export * from './lead-screen';
export * from './stored-version';
export * from './open-suppression-names';
export * from './suppression-lists.repository';
export * from './tenant-directory';
export * from './tenant-documents.repository';
export * from './vendor-credentials.repository';
