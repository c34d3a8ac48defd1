import { runEventSchema, type RunEvent } from '#libs/contracts';

/** An entry of a run's stream as Redis answers it: `<sequence>-0` and its fields, name after name and value. */
export type EventEntry = readonly [id: string, fields: readonly string[]];

export function sequenceOf([id]: EventEntry): number {
  return Number(id.split('-')[0]);
}

export function runEventOf(entry: EventEntry): RunEvent {
  const fields: Record<string, string> = {};
  for (let i = 0; i + 1 < entry[1].length; i += 2) fields[entry[1][i] as string] = entry[1][i + 1] as string;
  return runEventSchema.parse({
    ...fields,
    id: sequenceOf(entry),
    at: new Date(Number(fields.at)).toISOString(),
  });
}
