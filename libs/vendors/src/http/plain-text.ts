/**
 * A vendor's or page's text as one line a person can read: control and invisible characters
 * (also those that hide text from people) dropped, white space collapsed, cut at `maxLength`. Null when nothing is left.
 */
export function plainText(text: string | null | undefined, maxLength: number): string | null {
  if (!text) return null;
  const line = text
    .slice(0, maxLength * 8)
    .replace(/\s+/g, ' ')
    .replace(/[\p{C}\u115F\u1160\u3164\uFFA0]/gu, '')
    .trim();
  const cut = line.length <= maxLength ? line : `${line.slice(0, maxLength - 1).trimEnd()}…`;
  return cut.toWellFormed() || null;
}
