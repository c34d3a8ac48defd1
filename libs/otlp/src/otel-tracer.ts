import { AsyncLocalStorage } from 'node:async_hooks';
import {
  ROOT_CONTEXT,
  SpanKind as OtelKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type Link,
  type Span,
  type SpanContext,
  type Tracer as OtelTracer,
  type TracerProvider,
} from '@opentelemetry/api';
import {
  formatTraceparent,
  maskSecrets,
  parseTraceparent,
  type OpenSpan,
  type SpanDraft,
  type SpanFields,
  type SpanKind,
  type Tracer,
} from '#libs/observability';

const KINDS: Readonly<Record<SpanKind, OtelKind>> = {
  internal: OtelKind.INTERNAL,
  server: OtelKind.SERVER,
  client: OtelKind.CLIENT,
  producer: OtelKind.PRODUCER,
  consumer: OtelKind.CONSUMER,
};
const TEXT_MAX = 256;
/** What a span tells of the one whose work it is part of, so that each can be found by it. */
const INHERITED = ['run_id', 'thread_id', 'source', 'stage', 'company_id'] as const;

/** A provider of spans that can be told to send them. */
export type StoppableProvider = TracerProvider & { shutdown(): Promise<void> };

/**
 * Our tracer on OpenTelemetry's SDK. Nothing of it is global: no library instruments itself on it, nothing adds headers to requests,
 * and the span whose work is being done is kept here.
 */
export class OtelTracerAdapter implements Tracer {
  private readonly active = new AsyncLocalStorage<OtelSpan>();
  private readonly tracer: OtelTracer;

  constructor(
    private readonly provider: StoppableProvider,
    /** LangSmith finds runs by metadata, which it makes of attributes of this prefix. */
    private readonly metadataPrefix: string | null = null,
  ) {
    this.tracer = provider.getTracer('leadgen');
  }

  open({ name, kind = 'internal', fields = {}, parent, link }: SpanDraft): OpenSpan {
    const around = parent === undefined ? this.active.getStore() : undefined;
    const told = { ...around?.handedDown(), ...fields };
    const options = { kind: KINDS[kind], attributes: this.attributes(told), links: linksTo(link) };
    const span = this.tracer.startSpan(name, options, around?.context ?? remoteContext(parent));
    return new OtelSpan(span, told, this.active, (more) => this.attributes(more));
  }

  current(): OpenSpan | undefined {
    return this.active.getStore();
  }

  async stop(timeoutMs: number): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => resolve(undefined), timeoutMs);
    // What could not be sent was said by the exporter.
    const sent = this.provider.shutdown().catch(() => undefined);
    await Promise.race([sent, late]);
    clearTimeout(timer);
  }

  private attributes(fields: SpanFields): Attributes {
    const attributes: Attributes = {};
    for (const [key, value] of Object.entries(fields) as [string, string | number | boolean | undefined][]) {
      if (value === undefined) continue;
      const shown = typeof value === 'string' ? maskSecrets(value).slice(0, TEXT_MAX) : value;
      attributes[key] = shown;
      if (this.metadataPrefix !== null) attributes[`${this.metadataPrefix}${key}`] = shown;
    }
    return attributes;
  }
}

class OtelSpan implements OpenSpan {
  readonly context: Context;
  readonly traceparent: string;

  constructor(
    private readonly span: Span,
    private told: SpanFields,
    private readonly active: AsyncLocalStorage<OtelSpan>,
    private readonly attributes: (fields: SpanFields) => Attributes,
  ) {
    this.context = trace.setSpan(ROOT_CONTEXT, span);
    const { traceId, spanId, traceFlags } = span.spanContext();
    this.traceparent = formatTraceparent({
      traceId,
      spanId,
      sampled: (traceFlags & TraceFlags.SAMPLED) !== 0,
    });
  }

  within<Result>(work: () => Result): Result {
    return this.active.run(this, work);
  }

  handedDown(): SpanFields {
    return Object.fromEntries(INHERITED.map((key) => [key, this.told[key]]));
  }

  set(fields: SpanFields): void {
    this.told = { ...this.told, ...fields };
    this.span.setAttributes(this.attributes(fields));
  }

  rename(name: string): void {
    this.span.updateName(name);
  }

  fail(errorCode: string): void {
    this.set({ error_code: errorCode });
    this.span.setStatus({ code: SpanStatusCode.ERROR });
  }

  end(): void {
    this.span.end();
  }
}

function remoteContext(parent: string | null | undefined): Context {
  const remote = remoteSpan(parent ?? undefined);
  return remote ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
}

function remoteSpan(traceparent: string | undefined): SpanContext | undefined {
  const ids = parseTraceparent(traceparent ?? '');
  return (
    ids && {
      traceId: ids.traceId,
      spanId: ids.spanId,
      traceFlags: ids.sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
      isRemote: true,
    }
  );
}

function linksTo(traceparent: string | undefined): Link[] {
  const context = remoteSpan(traceparent);
  return context ? [{ context }] : [];
}
