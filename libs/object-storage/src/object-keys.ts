/** The files a run may leave, by name; what is in them is told by the schemas in `libs/contracts`. */
export const RUN_FILES = [
  'mapping.json',
  'normalized.jsonl',
  'rejects.jsonl',
  'exclusions.jsonl',
  'shortlist.jsonl',
  'leads.csv',
  'leads.jsonl',
  'summary.json',
] as const;
export type RunFile = (typeof RUN_FILES)[number];

/** Every object key, made here and nowhere else. The layout is data: people and backups rely on it. */
export const objectKeys = {
  /** An input set under its content's SHA-256 (hex): the same file is stored once per tenant. */
  dataset: (tenantId: string, sha256: string, extension: string): string =>
    checkedKey(`datasets/${tenantId}/${sha256}.${extension}`),

  /** An uploaded input set, of its own id alone: removing it takes nothing from anybody else. */
  upload: (tenantId: string, datasetId: string): string => checkedKey(`datasets/${tenantId}/${datasetId}`),

  /** The folders that hold a tenant's objects. */
  foldersOf: (tenantId: string): string[] => [
    `${checkedKey(`datasets/${tenantId}`)}/`,
    `${checkedKey(`runs/${tenantId}`)}/`,
  ],

  /** The folder whose folders are tenants, and theirs runs. */
  runs: 'runs/',

  runFile: (tenantId: string, runId: string, file: RunFile): string =>
    checkedKey(`runs/${tenantId}/${runId}/${file}`),
} as const;

const KEY_LENGTH_MAX = 512;
/** Ends what is not an object yet; no key may look like that. */
export const PART_SUFFIX = '.part.tmp';
const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/**
 * The key itself if it is safe as a path below any root: segments of letters, digits, `.`, `_` and `-`, none starting
 * with a dot (so no `..` and no hidden files). Throws `RangeError` on anything else: keys are never made from what a user typed.
 */
export function checkedKey(key: string): string {
  const safe =
    key.length <= KEY_LENGTH_MAX && !key.endsWith('.tmp') && key.split('/').every((s) => SEGMENT.test(s));
  if (!safe) throw new RangeError(`not an object key: ${JSON.stringify(key.slice(0, 200))}`);
  return key;
}
