import type { OutgoingHttpHeaders } from 'node:http';

/** A whole answer, before anything goes wrong with it. */
export interface HttpAnswer {
  status: number;
  headers: OutgoingHttpHeaders;
  body: string;
}

/**
 * How an answer reaches the client. `whole` · `drip`: one byte per half second, `drip_headers`: the headers as well ·
 * `huge`: a body without end, or nearly · `silence`: the request is taken and never answered · `reset`: the connection is cut.
 */
export type Delivery = {
  delayMs: number;
  /** Told when the client leaves before its answer is out. */
  hungUp?: () => void;
} & (
  | { kind: 'whole' | 'drip' | 'drip_headers'; answer: HttpAnswer }
  | { kind: 'huge'; answer: HttpAnswer; gzip: boolean }
  | { kind: 'silence' | 'reset' }
);

/** Every answer says so, whoever reads it. */
const SIMULATED = { 'x-simulated': 'true' };

/** An answer of JSON. */
export function jsonAnswer(status: number, json: unknown, headers: OutgoingHttpHeaders = {}): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...SIMULATED, ...headers },
    body: `${JSON.stringify(json)}\n`,
  };
}

/** An answer of any other type. */
export function textAnswer(
  status: number,
  body: string,
  contentType = 'text/plain; charset=utf-8',
): HttpAnswer {
  return { status, headers: { 'content-type': contentType, ...SIMULATED }, body };
}
