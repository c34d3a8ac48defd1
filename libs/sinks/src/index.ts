export * from './create-sinks';
export { leadsAsCsv } from './csv/leads-as-csv';
export { isFormulaLike, safeCell } from './csv/safe-cell';
export type * from './sink.port';
