import { Inject, Injectable } from '@nestjs/common';
import { METRICS } from '#libs/cell';
import { SINKS, type Lead, type SinkName } from '#libs/contracts';
import { AppError, errorCode } from '#libs/kernel';
import { METRICS as CATALOGUE, type MetricLabels, type Metrics } from '#libs/observability';

type Reason = MetricLabels<'leadgen_exports_failed_total'>['reason'];

/** Counts the leads that go to each sink, and the writings that fail. */
@Injectable()
export class SinkMeter {
  constructor(@Inject(METRICS) private readonly metrics: Metrics) {
    for (const sink of SINKS) {
      for (const outcome of CATALOGUE.leadgen_export_rows_total.labels.outcome) this.rows(sink, outcome, 0);
      for (const reason of CATALOGUE.leadgen_exports_failed_total.labels.reason) {
        metrics.count('leadgen_exports_failed_total', { sink, reason });
      }
    }
  }

  /** Answers, and throws, what the writing does. An interrupted one is no failure. */
  async measure<Result extends { rows: number }>(
    sink: SinkName,
    leads: AsyncIterable<Lead>,
    signal: AbortSignal,
    write: (leads: AsyncIterable<Lead>) => Promise<Result>,
  ): Promise<Result> {
    let handed = 0;
    async function* counted(): AsyncGenerator<Lead> {
      for await (const lead of leads) {
        handed += 1;
        yield lead;
      }
    }
    try {
      const result = await write(counted());
      this.rows(sink, 'written', result.rows);
      return result;
    } catch (error) {
      if (isInterruption(signal)) throw error;
      this.rows(sink, 'failed', handed);
      this.metrics.count('leadgen_exports_failed_total', { sink, reason: reasonOf(error) }).add();
      throw error;
    }
  }

  private rows(sink: SinkName, outcome: 'written' | 'failed', count: number): void {
    this.metrics.count('leadgen_export_rows_total', { sink, outcome }).add(count);
  }
}

/** The worker is stopping, or has lost the job: it is written elsewhere. One that takes too long is a failure. */
function isInterruption({ aborted, reason }: AbortSignal): boolean {
  return aborted && errorCode(reason) !== 'stage_timeout';
}

function reasonOf(error: unknown): Reason {
  if (!(error instanceof AppError) || error.code !== 'storage_failed') return 'other';
  return error.context.disk_full === true ? 'disk_full' : 'storage';
}
