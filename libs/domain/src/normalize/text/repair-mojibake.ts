/** UTF-8 that was read as Windows-1252: a lead byte's letter followed by what a continuation byte looks like. */
const SUSPICIOUS =
  /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]/;
/** What Windows-1252 has in place of the control characters 0x80–0x9f, in their order; ￿ where it has nothing. */
const WINDOWS_1252 = '€￿‚ƒ„…†‡ˆ‰Š‹Œ￿Ž￿￿‘’“”•–—˜™š›œ￿žŸ';
const BYTES = new Map(Array.from(WINDOWS_1252, (letter, i) => [letter, 0x80 + i]));
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** `CafÃ©` → `Café`. A text that is not wholly UTF-8 read as Windows-1252 is returned as it is. */
export function repairMojibake(text: string): string {
  if (!SUSPICIOUS.test(text)) return text;
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const byte = code < 0x100 ? code : BYTES.get(text.charAt(i));
    if (byte === undefined) return text;
    bytes[i] = byte;
  }
  try {
    return UTF8.decode(bytes);
  } catch {
    // It only looked like it: some other letters stand there on purpose.
    return text;
  }
}
