import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Delivery, HttpAnswer } from './delivery';
import { pause } from './pause';

/** Slow enough that no limit on silence ever notices. */
const DRIP_EVERY_MS = 500;
const HUGE_CHUNK = Buffer.alloc(65_536, 'a');
/** More than any client should take, less than would fill a disk by accident. */
const HUGE_BYTES = 1_073_741_824;

/** Sends an answer as planned. Ends early, without a word, when the client has gone. */
export async function deliver(response: ServerResponse, delivery: Delivery): Promise<void> {
  if (!(await pause(response, delivery.delayMs))) {
    delivery.hungUp?.();
    return;
  }
  switch (delivery.kind) {
    case 'whole':
      respond(response, delivery.answer);
      return;
    case 'drip':
      begin(response, delivery.answer);
      if (await drip(response, delivery.answer.body, (byte) => response.write(byte))) response.end();
      return;
    case 'drip_headers':
      await dripRaw(response, delivery.answer);
      return;
    case 'huge':
      await pour(response, delivery.answer, delivery.gzip);
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'silence':
      return;
  }
}

function respond(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

function begin(response: ServerResponse, { status, headers }: HttpAnswer): void {
  response.writeHead(status, headers).flushHeaders();
}

/** Byte by byte; false when the client has gone. */
async function drip(
  response: ServerResponse,
  text: string,
  send: (byte: Buffer) => unknown,
): Promise<boolean> {
  for (const byte of Buffer.from(text)) {
    send(Buffer.from([byte]));
    if (!(await pause(response, DRIP_EVERY_MS))) return false;
  }
  return true;
}

/** Past Node's own server, which sends headers at once or not at all; the connection serves no other request. */
async function dripRaw(response: ServerResponse, { status, headers, body }: HttpAnswer): Promise<void> {
  const { socket } = response;
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
  const head = `HTTP/1.1 ${status} Slow\r\n${fields.join('')}connection: close\r\n\r\n`;
  if (await drip(response, head + body, (byte) => socket?.write(byte))) socket?.end();
}

/** A gigabyte, which takes a thousandth of that to send when it is compressed. */
async function pour(response: ServerResponse, answer: HttpAnswer, gzip: boolean): Promise<void> {
  const headers = gzip ? { ...answer.headers, 'content-encoding': 'gzip' } : answer.headers;
  begin(response, { ...answer, headers });
  const through = gzip ? [createGzip()] : [];
  try {
    await pipeline([Readable.from(endless()), ...through, response]);
  } catch (error) {
    if (!response.destroyed) throw error;
  }
}

function* endless(): Generator<Buffer> {
  yield Buffer.from('{"padding":"');
  for (let sent = 0; sent < HUGE_BYTES; sent += HUGE_CHUNK.length) yield HUGE_CHUNK;
  yield Buffer.from('"}');
}
