import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

/** Said again at most so often while nothing gets through. */
const AGAIN_MS = 60_000;

/** OpenTelemetry’s `ExportResultCode.SUCCESS`. */
const SUCCESS = 0;

export interface ExportEvents {
  /** Spans are lost; said at the first of a series of failures and once a minute. */
  onLost: (error: string, spans: number) => void;
  onRecovered: () => void;
}

type ExportCallback = Parameters<SpanExporter['export']>[1];

/** An exporter whose failures are heard of: OpenTelemetry itself keeps them to itself. */
export class HeardExporter implements SpanExporter {
  private lostSpans = 0;
  private saidAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly events: ExportEvents,
  ) {}

  export(spans: ReadableSpan[], done: ExportCallback): void {
    this.exporter.export(spans, (result) => {
      const code: number = result.code;
      if (code === SUCCESS) this.succeeded();
      else this.failed(result.error?.message ?? 'it says no why', spans.length);
      done(result);
    });
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  private succeeded(): void {
    if (this.lostSpans === 0) return;
    this.lostSpans = 0;
    this.saidAt = Number.NEGATIVE_INFINITY;
    this.events.onRecovered();
  }

  private failed(error: string, spans: number): void {
    this.lostSpans += spans;
    if (performance.now() - this.saidAt < AGAIN_MS) return;
    this.saidAt = performance.now();
    this.events.onLost(error, this.lostSpans);
  }
}
