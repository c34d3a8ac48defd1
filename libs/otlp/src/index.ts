export * from './create-otel-tracer';
export { OtelTracerAdapter } from './otel-tracer';
