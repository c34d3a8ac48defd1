export * from './erase-answer';
export * from './erase-json';
export * from './erase-person';
export * from './erasure-subject';
