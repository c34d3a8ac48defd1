export * from './many-runs';
