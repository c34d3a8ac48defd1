import type { Settings } from '#libs/config';
import { toError } from '#libs/kernel';
import { createMetrics, type Logger, type MetricApp, type Metrics } from '#libs/observability';

/** The metrics of this process. What cannot be read for a scrape is left out of it, and logged. */
export function processMetrics(
  app: MetricApp,
  { version }: Pick<Settings, 'version'>,
  logger: Logger,
): Promise<Metrics> {
  return createMetrics({
    app,
    version,
    onError: (error) => {
      const err = toError(error).message;
      logger.warn({ event: 'metrics_unread', err }, 'a part of the metrics could not be read');
    },
  });
}
