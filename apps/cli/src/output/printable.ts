import { stripVTControlCharacters } from 'node:util';

/** Text from files, websites and vendors, safe to write to a terminal: no control sequences; line breaks stay. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(/[^\P{Cc}\n]/gu, '');
}
