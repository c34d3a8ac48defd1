/** IANA names of what is read. Latin-1 is read as windows-1252, which has the same letters and the marks Excel writes. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** UTF-16 by its mark or, without one, by where the NULs of Latin text are; undefined if it is none. */
export function utf16Encoding(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const pairs = Math.floor(head.length / 2);
  let high = 0;
  let low = 0;
  for (let i = 0; i < pairs * 2; i += 2) {
    if (head[i] === 0) high += 1;
    if (head[i + 1] === 0) low += 1;
  }
  if (pairs < 2) return undefined;
  if (low > pairs * 0.4 && high < pairs * 0.1) return 'utf-16le';
  if (high > pairs * 0.4 && low < pairs * 0.1) return 'utf-16be';
  return undefined;
}

/**
 * UTF-8 unless most of what is not ASCII contradicts it: one broken byte does not make a file Latin-1, where hardly
 * any pair of accented letters happens to be well-formed UTF-8.
 */
export function singleByteOrUtf8(census: { multibyte: number; invalid: number }): TextEncoding {
  return census.invalid === 0 || census.multibyte > census.invalid ? 'utf-8' : 'windows-1252';
}
