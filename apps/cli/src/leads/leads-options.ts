import { appError, BUCKETS } from '#libs/contracts';
import type { LeadFilter } from '#libs/run-leads';
import type { RunReferenceOptions } from '../run/run-reference';
import { oneOf } from '../typed/one-of';
import { wholeNumber } from '../typed/whole-number';

/** What may be typed behind `leadgen leads`, not checked yet. */
export interface RawLeadsOptions extends RunReferenceOptions {
  bucket?: string;
  minScore?: string;
  newOnly?: boolean;
  limit?: string;
  csv?: boolean;
}

type LeadsFormat = 'table' | 'ndjson' | 'csv';

export interface LeadsOptions {
  filter: LeadFilter;
  /** Infinity: all. */
  limit: number;
  format: LeadsFormat;
}

/** A person looks at the best ones; a script takes all. */
const TABLE_LIMIT = 20;
const LIMIT_MAX = 1_000_000;

/** Throws `usage` naming the flag. `terminal`: whether a person reads stdout. */
export function leadsOptions(raw: RawLeadsOptions, terminal: boolean): LeadsOptions {
  if (raw.csv === true && raw.json === true) {
    throw appError('usage', '--csv and --json are two formats: give one of them');
  }
  const format = raw.csv === true ? 'csv' : raw.json === true || !terminal ? 'ndjson' : 'table';
  const limit = raw.limit === undefined ? undefined : wholeNumber('--limit', raw.limit, LIMIT_MAX);
  return {
    filter: {
      bucket: oneOf('--bucket', raw.bucket, BUCKETS),
      minScore: raw.minScore === undefined ? 0 : score(raw.minScore),
      newOnly: raw.newOnly ?? false,
    },
    limit: limit ?? (format === 'table' ? TABLE_LIMIT : Infinity),
    format,
  };
}

function score(text: string): number {
  if (/^\d{1,3}(?:\.\d+)?$/.test(text) && Number(text) <= 100) return Number(text);
  throw appError('usage', `--min-score ${JSON.stringify(text)}: give a number from 0 to 100`);
}
