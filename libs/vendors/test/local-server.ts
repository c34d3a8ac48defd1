import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';

/** A server of a test's own on loopback. */
export interface LocalServer {
  readonly url: URL;
  readonly port: number;
  /** Requests or, of a raw server, connections so far. */
  readonly hits: () => number;
  close(): Promise<void>;
}

/** Speaks HTTP. */
export async function localServer(handler: RequestListener): Promise<LocalServer> {
  let hits = 0;
  const server = createServer((request, response) => {
    hits += 1;
    handler(request, response);
  });
  const port = await listen(server);
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    port,
    hits: () => hits,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Does to a connection whatever it likes. */
export async function rawServer(onConnection: (socket: Socket) => void): Promise<LocalServer> {
  let hits = 0;
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    hits += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // The client is expected to hang up.
    socket.on('error', () => socket.destroy());
    onConnection(socket);
  });
  const port = await listen(server);
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    port,
    hits: () => hits,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** A port nobody listens on, as long as nobody else takes it. */
export async function closedPort(): Promise<number> {
  const server = await rawServer(() => undefined);
  await server.close();
  return server.port;
}

async function listen(server: ReturnType<typeof createTcpServer>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
