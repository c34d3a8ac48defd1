export * from './spawn-app';
