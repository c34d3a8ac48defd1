import type { SinkName } from '#libs/contracts';
import type { ObjectStorage } from '#libs/object-storage';
import { CsvSink } from './csv/csv.sink';
import { JsonlSink } from './jsonl/jsonl.sink';
import type { Sink } from './sink.port';

/** Every sink by the name users give it: a new one is a folder and a line here (and a member of `SINKS`). */
export function createSinks(storage: ObjectStorage): Readonly<Record<SinkName, Sink>> {
  return { csv: new CsvSink(storage), jsonl: new JsonlSink(storage) };
}
