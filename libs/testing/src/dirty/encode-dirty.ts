import type { DirtyLayout } from './dirty-layout';

/** A piece of a file in its encoding. `isFirst`: the piece that carries the byte order mark, where there is one. */
export function encodeDirty(text: string, encoding: DirtyLayout['encoding'], isFirst: boolean): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text);
    case 'utf-8-bom':
      return Buffer.from(isFirst ? `\uFEFF${text}` : text);
    case 'windows-1252':
      // Of what the generator writes, only the en dash is beyond Latin-1.
      return Buffer.from(text.replaceAll('–', '\u0096'), 'latin1');
    case 'utf-16le':
      return Buffer.from(isFirst ? `\uFEFF${text}` : text, 'utf16le');
    case 'utf-16be':
      return Buffer.from(isFirst ? `\uFEFF${text}` : text, 'utf16le').swap16();
  }
}
