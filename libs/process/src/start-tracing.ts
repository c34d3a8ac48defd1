import { dropTracer, tracesUrl, useTracer, type Logger, type TracingSettings } from '#libs/observability';

/** How long a process that stops waits for its last spans to be taken. */
export const TRACES_FLUSH_MS = 2_000;

export interface TracedProcess {
  app: string;
  logger: Logger;
  /** How long one batch of spans may take to be sent, if not as usual. */
  exportMs?: number;
}

/**
 * Traces this process from now on, if the settings say where to. Else nothing is loaded, and every span costs one look at a
 * variable. Answers how to stop, within `TRACES_FLUSH_MS`.
 */
export async function startTracing(
  { tracing: settings, version }: { tracing: TracingSettings; version: string },
  { app, logger, exportMs }: TracedProcess,
): Promise<() => Promise<void>> {
  const url = tracesUrl(settings);
  if (url === undefined) return () => Promise.resolve();
  // Loaded by those that trace only.
  const { createOtelTracer } = await import('#libs/otlp');
  const tracer = createOtelTracer({
    url,
    settings,
    app,
    version,
    exportMs,
    onLost: (err, spans) =>
      logger.warn(
        { event: 'traces_lost', err, spans },
        'spans could not be exported: nothing else waits for them',
      ),
    onRecovered: () => logger.info({ event: 'traces_exported' }, 'spans are exported again'),
  });
  useTracer(tracer);
  return async () => {
    await tracer.stop(TRACES_FLUSH_MS);
    dropTracer(tracer);
  };
}
