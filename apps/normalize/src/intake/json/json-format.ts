import { parseObject } from './parse-object';

/** `lines`: an object per line, be it JSONL or an array written so; `nested`: objects over several lines, or many in one. */
export type JsonFormat = 'lines' | 'nested';

const LINES_LOOKED_AT = 20;

/** How the text is JSON by its first lines; undefined if it is none. A file's name proves nothing. */
export function jsonFormat(head: string): JsonFormat | undefined {
  const lines = head
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, LINES_LOOKED_AT);
  const objects = lines.filter((line) => parseObject(lineBody(line)) !== undefined);
  if (objects.length * 2 >= lines.filter((line) => lineBody(line) !== '').length && objects.length > 0) {
    return 'lines';
  }
  return /^\s*(\[\s*)?\{\s*["}]/.test(head) || /^\s*\[\s*\]/.test(head) ? 'nested' : undefined;
}

/** A line without the brackets and commas that an array written line by line has around its objects. */
export function lineBody(line: string): string {
  const body = line.trim();
  if (/^\[?\s*\{.*\}\s*,?\s*\]?$/s.test(body)) {
    return body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1);
  }
  return /^[[\],]*$/.test(body) ? '' : body;
}
