import { createHash } from 'node:crypto';
import { z } from 'zod';
import { tenantIdSchema } from '#libs/contracts';
import { canonicalJson } from '#libs/kernel';
import { maskSecrets } from '#libs/observability';

const TEXT_LENGTH_MAX = 256;
const DETAILS_MAX = 20;

/** Masked, not refused: a slip of the caller's must neither store a secret nor undo what was done. */
const textSchema = z.string().transform((text) => maskSecrets(text).slice(0, TEXT_LENGTH_MAX));

/** What a person or a key did, for whoever asks later. */
export const auditRecordSchema = z.strictObject({
  /** Whose data or terms it was about; null: the whole cell's, e.g. a vendor's cap. */
  tenantId: tenantIdSchema.nullable(),
  /** Who did it: `key:<id>`, `jwt:<subject>`, `cli:<user>`, `ops:<user>`. Never a secret, never a person's address. */
  actor: textSchema,
  /** `<thing>.<done to it>`, e.g. `key.revoked`, `run.cancelled`. Names are data: they never change value. */
  action: z.string().regex(/^[a-z][a-z_]*(\.[a-z][a-z_]*)+$/),
  /** The id of what it was done to: a run, a key, a cap. */
  target: textSchema,
  /** Ids, counts and old and new values; no secrets, no personal data. */
  details: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]{0,63}$/),
      z.union([textSchema, z.number(), z.boolean(), z.null()]),
    )
    .refine((details) => Object.keys(details).length <= DETAILS_MAX, {
      error: `at most ${DETAILS_MAX} details`,
    })
    .default({}),
});
export type AuditRecord = z.input<typeof auditRecordSchema>;

/** A record as it stands in the log. */
export interface AuditEntry extends z.output<typeof auditRecordSchema> {
  /** 1, 2, 3 … over the whole cell, without gaps. */
  seq: number;
  /** By the clock of Redis, ISO 8601. */
  at: string;
  /** The hash of the entry before; empty for the first of all. */
  prev: string;
  hash: string;
}

/** What is hashed: every member but the hash itself, the hash of the entry before included. */
export function hashEntry(entry: Omit<AuditEntry, 'hash'>): string {
  const { seq, at, prev, tenantId, actor, action, target, details } = entry;
  return createHash('sha256')
    .update(canonicalJson({ seq, at, prev, tenantId, actor, action, target, details }))
    .digest('hex');
}
