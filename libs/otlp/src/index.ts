export * from './create-otel-tracer';
export type { OtelTracerAdapter } from './otel-tracer';
