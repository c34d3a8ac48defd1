import type { Lead } from '#libs/contracts';
import { objectKeys, type ObjectStorage } from '#libs/object-storage';
import type { Sink, SinkContext, SinkResult } from '../sink.port';

/** `leads.jsonl`: one lead per line, UTF-8, `\n` after each; read back by `leadSchema`. */
export class JsonlSink implements Sink {
  readonly name = 'jsonl';

  constructor(private readonly storage: ObjectStorage) {}

  async write(leads: Iterable<Lead> | AsyncIterable<Lead>, context: SinkContext): Promise<SinkResult> {
    const key = objectKeys.runFile(context.tenantId, context.runId, 'leads.jsonl');
    let rows = 0;
    async function* lines(): AsyncGenerator<string> {
      for await (const lead of leads) {
        rows += 1;
        yield `${JSON.stringify(lead)}\n`;
      }
    }
    const { signal } = context;
    await this.storage.write(key, lines(), signal ? { signal } : {});
    return { rows, key };
  }
}
