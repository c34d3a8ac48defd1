import { Parser } from 'htmlparser2';
import type { PageContent } from './page-content';
import { PageReader } from './page-reader';

/** Reads a page in one pass, in time linear to its length; beyond a limit of depth or number it is not read. */
export function readPage(html: string): PageContent {
  const reader = new PageReader();
  new Parser(reader, { decodeEntities: true }).end(html);
  return reader;
}
