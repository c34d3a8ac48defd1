import { z } from 'zod';
import { auditRecordSchema, type AuditEntry } from './audit-entry.schema';

const entrySchema = auditRecordSchema.extend({ seq: z.int(), at: z.string(), prev: z.string() });

/** An entry of the stream: its hash as stored, and what it says; undefined if that cannot be read. */
export interface StoredEntry {
  seq: number;
  hash: string;
  entry: AuditEntry | undefined;
}

/** Reads what the append script wrote; never throws, since somebody may have tampered with it. */
export function parseStored([id, fields]: [id: string, fields: string[]]): StoredEntry {
  const seq = Number(id.split('-')[0]);
  const hash = valueOf(fields, 'hash');
  const parsed = entrySchema.safeParse(asJson(valueOf(fields, 'entry')));
  return { seq, hash, entry: parsed.success ? { ...parsed.data, hash } : undefined };
}

function valueOf(fields: readonly string[], name: string): string {
  const at = fields.indexOf(name);
  return at < 0 ? '' : (fields[at + 1] ?? '');
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whoever changed the text has broken it: the caller says so.
    return undefined;
  }
}
