import type { Lead, SinkName } from '#libs/contracts';

/** Whose leads go where. */
export interface SinkContext {
  tenantId: string;
  runId: string;
  /** Stops the writing; what was written so far is dropped. */
  signal?: AbortSignal;
}

export interface SinkResult {
  /** Leads written. */
  rows: number;
  /** Object key of the file. */
  key: string;
}

/**
 * Where an export goes. Writing again replaces what was there, so a retried export leaves the same as one that went
 * through at once: all leads, each once, or nothing new. Throws what the leads' source or the storage throws.
 */
export interface Sink {
  readonly name: SinkName;
  write(leads: Iterable<Lead> | AsyncIterable<Lead>, context: SinkContext): Promise<SinkResult>;
}
