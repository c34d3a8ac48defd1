export * from './log-line.schema';
export * from './logger';
export * from './mask-secrets';
export * from './metrics/create-metrics';
export type * from './metrics/metric';
export * from './metrics/metric-catalogue';
export { VENDOR_OUTCOMES } from './metrics/label-values';
export * from './metrics/metric-list';
export * from './metrics/metrics-server';
export * from './metrics/metrics.port';
export type { OpenSpan, SpanDraft, SpanFields, SpanKind, Tracer } from './tracing/span.port';
export { formatTraceparent, parseTraceparent } from './tracing/traceparent';
export {
  currentTraceId,
  dropTracer,
  failSpan,
  isTracing,
  markSpan,
  noteOnSpan,
  openSpan,
  spanErrorCode,
  traced,
  useTracer,
  type WorkSpan,
} from './tracing/tracing';
export { tracesUrl, type TracingSettings } from './tracing/tracing-settings';
