import { z } from 'zod';

/**
 * What a column of the input can be. `location` is free text that holds city, region and country together;
 * `employees_min` and `employees_max` are a range given in two columns.
 */
export const COMPANY_FIELDS = [
  'name',
  'domain',
  'social',
  'country',
  'region',
  'city',
  'location',
  'industry',
  'employees',
  'employees_min',
  'employees_max',
  'founded',
  'description',
] as const;
export type CompanyField = (typeof COMPANY_FIELDS)[number];

/** What one column was taken for, and why. */
export const columnMappingSchema = z.object({
  /** Null: the column is not used. */
  field: z.enum(COMPANY_FIELDS).nullable(),
  /** What recognised it: its name, the look of its values, or both. Null for a column that is not used. */
  by: z.enum(['name', 'values', 'name_and_values']).nullable(),
  /** A sentence with figures for a person, e.g. `"Homepage" is a usual name; 578 of 580 values are web addresses`. */
  evidence: z.string(),
});
export type ColumnMapping = z.infer<typeof columnMappingSchema>;

/** `mapping.json`: how a run read its input. */
export const datasetMappingSchema = z.object({
  format: z.enum(['csv', 'jsonl']),
  /** IANA name of the encoding it was read in. */
  encoding: z.string(),
  /** Null for JSON, and for a CSV of one column. */
  delimiter: z.string().nullable(),
  /** JSON whose companies are a list in an object, e.g. `{"companies":[…]}`: the member that holds them. Else null. */
  within: z.string().nullable().default(null),
  /** False where the first row is data: columns are then called `column 1`, `column 2` … */
  header: z.boolean(),
  /** Column name as written → what it was taken for, in the input's order. A name's second occurrence is `<name> #2`. */
  columns: z.record(z.string(), columnMappingSchema),
});
export type DatasetMapping = z.infer<typeof datasetMappingSchema>;
