import { hostname } from 'node:os';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { TracingSettings } from '#libs/observability';
import { HeardExporter, type ExportEvents } from './heard-exporter';
import { OtelTracerAdapter } from './otel-tracer';
import { samplerOf } from './sampler';

/** Spans that wait to be sent; what ends beyond that is dropped. About a kilobyte each. */
const WAITING_MAX = 4_096;
const BATCH_MAX = 512;
/** A killed process loses the spans of so long. */
const SEND_EVERY_MS = 1_000;
/** One batch, its retries included; what OpenTelemetry has by default. */
const EXPORT_MS = 10_000;
const LANGSMITH_PROJECT = 'langsmith-project';

export interface OtelTracerOptions extends ExportEvents {
  url: string;
  settings: TracingSettings;
  /** The process: `api`, `normalize` … */
  app: string;
  /** Its release. */
  version: string;
  /** How long one batch may take to be sent, if not as usual. */
  exportMs?: number | undefined;
}

/** A tracer that sends spans by OTLP over HTTP, in protobuf. The one place where OpenTelemetry's SDK is loaded. */
export function createOtelTracer(options: OtelTracerOptions): OtelTracerAdapter {
  const { url, settings, app, version, exportMs = EXPORT_MS, ...events } = options;
  const headers = { ...settings.headers, ...settings.tracesHeaders };
  const exporter = new OTLPTraceExporter({ url, headers, timeoutMillis: exportMs });
  const provider = new TracerProvider({
    sampler: samplerOf(settings),
    resource: resourceFromAttributes({
      'service.name': settings.serviceName,
      'service.version': version,
      'service.instance.id': `${hostname()}-${process.pid}`,
      app,
    }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new HeardExporter(exporter, events),
        maxQueueSize: WAITING_MAX,
        maxExportBatchSize: BATCH_MAX,
        scheduledDelayMillis: SEND_EVERY_MS,
        exportTimeoutMillis: exportMs,
      }),
    ],
  });
  const isLangSmith = Object.keys(headers).some((name) => name.toLowerCase() === LANGSMITH_PROJECT);
  return new OtelTracerAdapter(provider, isLangSmith ? 'langsmith.metadata.' : null);
}
