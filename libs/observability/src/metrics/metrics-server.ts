import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appError } from '#libs/contracts';
import { toError } from '#libs/kernel';

/** Prometheus’s text format. */
export const METRICS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export interface MetricsServerOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  metrics: () => Promise<string>;
  /** Why the process cannot work at present; empty: it can. */
  notReady: () => Promise<readonly string[]>;
}

export interface MetricsServer {
  url: string;
  close(): Promise<void>;
}

/**
 * The small port of a process for whoever watches it: `/metrics`, `/health/live` and `/health/ready`. It asks for no
 * password and takes nothing but GET; what it shows names no tenant. Throws `config_invalid` if the address cannot be had.
 */
export async function startMetricsServer(options: MetricsServerOptions): Promise<MetricsServer> {
  const { host, port } = options;
  const server = createServer((request, response) => {
    answer(request, response, options).catch((error: unknown) => {
      respond(response, 500, 'text/plain', `${toError(error).message}\n`);
    });
  });
  server.headersTimeout = 10_000;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw appError(
      'config_invalid',
      `the metrics cannot be served on ${host}:${port} (${toError(error).message}): give each process on this machine a ` +
        'LEADGEN_METRICS_PORT of its own, or 0 for a free one, or set none; LEADGEN_METRICS_HOST must be an address of this machine',
    );
  }
  return { url: urlOf(server), close: () => close(server) };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { metrics, notReady }: MetricsServerOptions,
): Promise<void> {
  response.setHeader('cache-control', 'no-store');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    respond(response, 405, 'text/plain', 'GET only\n');
    return;
  }
  switch (request.url?.split('?', 1)[0]) {
    case '/metrics':
      respond(response, 200, METRICS_CONTENT_TYPE, await metrics());
      return;
    case '/health/live':
      respond(response, 200, 'application/json', '{"status":"ok"}\n');
      return;
    case '/health/ready': {
      const problems = await notReady();
      const body = problems.length === 0 ? { status: 'ok' } : { status: 'not_ready', problems };
      respond(response, problems.length === 0 ? 200 : 503, 'application/json', `${JSON.stringify(body)}\n`);
      return;
    }
    default:
      respond(response, 404, 'text/plain', '/metrics, /health/live or /health/ready\n');
  }
}

function respond(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // A scraper keeps its connection; nobody waits for what it may ask yet.
  server.closeAllConnections();
  await closed;
}
