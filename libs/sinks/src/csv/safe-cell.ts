/**
 * What a spreadsheet skips before it looks for a formula: spaces of any kind, byte order marks and other characters
 * without width, control characters.
 */
const SKIPPED = '[\\s\\p{Cc}\\p{Cf}]*';
/** `= + - @`, their full-width and small forms, and the mathematical minus. */
const TRIGGER = '[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20\uFE66\uFE62\uFE63\uFE6B\u2212]';
const DANGEROUS = new RegExp(`^${SKIPPED}(?:[\\t\\r\\n\\0]|${TRIGGER})`, 'u');

/**
 * The text with `'` before it where a spreadsheet might take it for a formula (OWASP ASVS 1.2.10, CSV injection), as
 * it is otherwise. Spreadsheets show the text without the mark; whoever reads the file by machine strips one leading
 * `'` from a cell whose rest starts with one of `= + - @`, TAB, CR, LF or NUL, spaces skipped.
 */
export function safeCell(text: string): string {
  return isFormulaLike(text) ? `'${text}` : text;
}

/** True if a spreadsheet might run the text: it starts with a trigger, or with what is skipped before one. */
export function isFormulaLike(text: string): boolean {
  return DANGEROUS.test(text);
}
