export * from './create-sinks';
export { isFormulaLike, safeCell } from './csv/safe-cell';
export type * from './sink.port';
