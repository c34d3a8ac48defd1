import { openCsvTable } from './csv/csv-table';
import type { InputTable } from './input-table';
import { findEnvelope, listText } from './json/json-envelope';
import { jsonFormat } from './json/json-format';
import { openJsonTable } from './json/json-table';
import type { InputText } from './text/input-text';

/** The first lines of an input, by which its format and layout are told. */
const HEAD_BYTES = 32 * 1024;

/** The text as a table: JSON if it reads as that, be it in an object around the rows, else CSV. */
export async function openTable(text: InputText): Promise<InputTable> {
  const head = await readHead(text);
  const json = jsonFormat(head.toString());
  if (json === undefined) return openCsvTable(text, head);
  const envelope = await findEnvelope(text);
  if (envelope === undefined) return openJsonTable(text, json);
  const list = listText(text, envelope);
  const format = jsonFormat((await readHead(list)).toString()) ?? 'nested';
  return { ...(await openJsonTable(list, format)), within: envelope.name };
}

async function readHead(text: InputText): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of text.chunks()) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= HEAD_BYTES) break;
  }
  const head = Buffer.concat(chunks).subarray(0, HEAD_BYTES);
  if (length < HEAD_BYTES) return head;
  // The line that is cut proves nothing about the layout.
  const lastBreak = Math.max(head.lastIndexOf(0x0a), head.lastIndexOf(0x0d));
  return lastBreak === -1 ? head : head.subarray(0, lastBreak + 1);
}
