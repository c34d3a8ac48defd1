/**
 * One data row as read: its cells, one per column, or why it cannot be read as one.
 * `raw()` is the row's own text, at most `RAW_CHARS_MAX` characters of it.
 */
export type InputRow =
  { cells: readonly string[]; raw: () => string } | { reason: string; raw: () => string };

/** What `rejects.jsonl` keeps of a row: enough to find it again in the input. */
const RAW_CHARS_MAX = 2_000;

/** A row longer than this is no company: it is rejected, whatever it is, instead of being held in memory. */
export const ROW_BYTES_MAX = 1024 * 1024;

export const TOO_LONG = 'the row is longer than 1 MB';

/** The text of a row's bytes, cut to what a reject keeps. */
export function rawText(bytes: Buffer): string {
  const text = bytes.toString('utf8', 0, RAW_CHARS_MAX * 4);
  return text.trim().slice(0, RAW_CHARS_MAX);
}
