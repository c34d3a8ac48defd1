import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiClient } from './api-client';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const never = new AbortController().signal;

describe('the client of a load test, against a real server', () => {
  let server: Server;
  let answers: Answer[];
  let seen: { key: string | undefined; authorization: string | undefined }[];
  let slept: number[];

  beforeEach(async () => {
    [answers, seen, slept] = [[], [], []];
    server = createServer((request, response) => {
      seen.push({
        key: request.headers['idempotency-key']?.toString(),
        authorization: request.headers.authorization,
      });
      (answers.shift() ?? ok)(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const ok: Answer = (_request, response) => void response.end('done');
  const later =
    (status: number, retryAfter?: string): Answer =>
    (_request, response) =>
      void response
        .writeHead(status, { ...(retryAfter !== undefined && { 'retry-after': retryAfter }) })
        .end();
  const post = (): Promise<string> => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = new ApiClient(url, 'lg_test', (ms) => {
      slept.push(ms);
      return Promise.resolve();
    });
    return client.text('POST', '/api/orchestrations', never, {
      body: {},
      headers: { 'idempotency-key': 'i-1' },
    });
  };

  it('waits as long as Retry-After says, and asks the same again under the same key', async () => {
    answers = [later(429, '7'), later(503, '2'), later(409), ok];
    expect(await post()).toBe('done');
    expect(slept).toEqual([7_000, 2_000, 1_000]);
    expect(seen).toEqual(Array(4).fill({ key: 'i-1', authorization: 'Bearer lg_test' }));
  });

  it('takes a date as well, and never sleeps for longer than five minutes', async () => {
    answers = [later(429, new Date(Date.now() + 3_600_000).toUTCString()), later(429, 'soon')];
    expect(await post()).toBe('done');
    expect(slept).toEqual([300_000, 1_000]);
  });

  it('asks again where a connection broke off, since the key makes that harmless', async () => {
    answers = [(request) => void request.socket.destroy()];
    expect(await post()).toBe('done');
    expect(seen.map(({ key }) => key)).toEqual(['i-1', 'i-1']);
  });

  it('says which address does not answer', async () => {
    answers = Array<Answer>(9).fill((request) => void request.socket.destroy());
    await expect(post()).rejects.toMatchObject({
      code: 'api_unreachable',
      message: expect.stringMatching(/^the API at http:\/\/127\.0\.0\.1:\d+ does not answer/) as string,
    });
  });

  it.each([
    [401, 'usage', /refuses the key in LEADGEN_API_KEY: unauthenticated: no/],
    [400, 'api_refused', /^POST \/api\/orchestrations was answered 400 \(invalid_request: no\)$/],
  ])('tells what a %i says', async (status, code, message) => {
    const problem = JSON.stringify({
      code: status === 401 ? 'unauthenticated' : 'invalid_request',
      detail: 'no',
    });
    answers = [(_request, response) => void response.writeHead(status).end(problem)];
    await expect(post()).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
  });
});
