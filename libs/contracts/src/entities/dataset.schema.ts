import { z } from 'zod';

/** `ds_` + ULID; says nothing of whose it is. */
export const DATASET_ID = /^ds_[0-9A-HJKMNP-TV-Z]{26}$/;
export const datasetIdSchema = z.string().regex(DATASET_ID);

export const DATASET_FORMATS = ['csv', 'jsonl'] as const;
export type DatasetFormat = (typeof DATASET_FORMATS)[number];

export const DATASET_NAME_LENGTH_MAX = 255;

/** Companies that a tenant has uploaded once, to start any number of runs with. */
export const datasetSchema = z.object({
  dataset_id: datasetIdSchema,
  /** Where the content is in object storage. */
  object_key: z.string(),
  /** As its owner calls it, for messages; e.g. the file's name. */
  name: z.string().min(1).max(DATASET_NAME_LENGTH_MAX),
  /** As it was declared; what the content is, a run finds out by itself. */
  format: z.enum(DATASET_FORMATS),
  bytes: z.coerce.number().int().min(1),
  /** Of the content, in hex. */
  sha256: z.string(),
  created_at: z.string(),
});
export type Dataset = z.infer<typeof datasetSchema>;
