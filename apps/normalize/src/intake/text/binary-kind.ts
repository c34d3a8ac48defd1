/** First bytes of files that people hand over by mistake, and what to do instead. */
const SIGNATURES: readonly { bytes: string; advice: string }[] = [
  {
    bytes: 'PK\x03\x04',
    advice: 'it looks like an Excel workbook or another zip archive; save the sheet as CSV',
  },
  { bytes: '\xd0\xcf\x11\xe0', advice: 'it looks like an old Excel workbook; save the sheet as CSV' },
  { bytes: '\x89PNG', advice: 'it is a picture; give a CSV or JSONL file' },
  { bytes: '\xff\xd8\xff', advice: 'it is a picture; give a CSV or JSONL file' },
  { bytes: 'GIF8', advice: 'it is a picture; give a CSV or JSONL file' },
  { bytes: '%PDF-', advice: 'it is a PDF; give a CSV or JSONL file' },
  { bytes: '\x1f\x8b', advice: 'it is compressed with gzip; unpack it first' },
  { bytes: 'PAR1', advice: 'it is a Parquet file; export it as CSV or JSONL' },
  { bytes: 'SQLite format 3', advice: 'it is a database; export the table as CSV' },
];

const WEB_PAGE = /^\s*<(!doctype html|html)[\s>]/i;
const CONTROL_SHARE_MAX = 0.02;

/**
 * Why these first bytes are no table of text, as a half sentence with advice; undefined if they may be.
 * `utf16`: every second byte of Latin text is then NUL, and proves nothing.
 */
export function binaryKind(head: Buffer, utf16: boolean): string | undefined {
  const start = head.toString('latin1', 0, 1_024);
  const known = SIGNATURES.find(({ bytes }) => start.startsWith(bytes));
  if (known) return known.advice;
  if (WEB_PAGE.test(start))
    return 'it is a web page, perhaps the error page of a download; give a CSV or JSONL file';
  if (utf16) return undefined;
  let controls = 0;
  for (const byte of head) if (byte < 0x20 && !isTextControl(byte)) controls += 1;
  // A few stray NULs happen in exports; text is never full of them.
  return controls > head.length * CONTROL_SHARE_MAX ? 'give a CSV or JSONL file' : undefined;
}

/** Tab, line feed, vertical tab, form feed, carriage return, and the end-of-file mark of old DOS programs. */
function isTextControl(byte: number): boolean {
  return (byte >= 0x09 && byte <= 0x0d) || byte === 0x1a;
}
