import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { SimulatorControls } from './control/simulator-controls';
import { answerRequest } from './http/answer-request';
import { simulatorEnv } from './simulator-env';

/** The vendors and websites of the world. */
export interface Simulator {
  /** On this machine. */
  readonly url: string;
  /** The settings that point every vendor at it. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends what is under way, if need be without an answer. */
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** Every answer but a slowed one is out by then; requests that are never answered would wait for ever. */
const DRAIN_MS = 1_000;
/** Longer than a client keeps an idle connection, or it would send into one that is just being closed. */
const KEEP_ALIVE_MS = 65_000;
/** Connections that arrive in one burst: a whole fleet of workers. */
const BACKLOG = 2_048;

/** Port 0: a free one. Throws the system's error where the port is taken, or the address is none of this machine. */
export async function openSimulator(port: number, host = LOOPBACK): Promise<Simulator> {
  const controls = new SimulatorControls();
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 }, (request, response) => {
    void answerRequest(request, response, controls);
  });
  server.listen({ port, host, backlog: BACKLOG });
  await once(server, 'listening');
  const { port: listening } = server.address() as AddressInfo;
  const url = `http://${isWildcard(host) ? LOOPBACK : host}:${listening}`;
  return { url, env: simulatorEnv(url), close: () => closeServer(server) };
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const inTime = new AbortController();
  const late = delay(DRAIN_MS, undefined, { signal: inTime.signal }).then(
    () => server.closeAllConnections(),
    () => undefined,
  );
  await closed;
  inTime.abort();
  await late;
}
