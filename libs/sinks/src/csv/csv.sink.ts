import type { Lead } from '#libs/contracts';
import { objectKeys, type ObjectStorage } from '#libs/object-storage';
import type { Sink, SinkContext, SinkResult } from '../sink.port';
import { leadsAsCsv } from './leads-as-csv';

/** `leads.csv`, as `leadsAsCsv` writes it. */
export class CsvSink implements Sink {
  readonly name = 'csv';

  constructor(private readonly storage: ObjectStorage) {}

  async write(leads: Iterable<Lead> | AsyncIterable<Lead>, context: SinkContext): Promise<SinkResult> {
    const key = objectKeys.runFile(context.tenantId, context.runId, 'leads.csv');
    let rows = 0;
    async function* counted(): AsyncGenerator<Lead> {
      for await (const lead of leads) {
        rows += 1;
        yield lead;
      }
    }
    const { signal } = context;
    await this.storage.write(key, leadsAsCsv(counted()), signal ? { signal } : {});
    return { rows, key };
  }
}
