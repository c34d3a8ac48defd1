import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** A command as a client writes it. */
const COMMAND = /\*\d+\r\n\$\d+\r\n(\w+)\r\n(?:\$\d+\r\n[^\r]*\r\n)*/g;

export interface OldRedis {
  url: string;
  stop(): void;
}

/** Something that says it is a Redis of that version, and knows no other answer than what a client asks for first. */
export async function startOldRedis(version: string): Promise<OldRedis> {
  const info = `# Server\r\nredis_version:${version}\r\nloading:0\r\nrole:master\r\n`;
  const answers: Readonly<Record<string, string>> = {
    info: `$${info.length}\r\n${info}\r\n`,
    ping: '+PONG\r\n',
    hello: "-ERR unknown command 'HELLO'\r\n",
  };
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (piece) => {
      for (const [, name = ''] of piece.toString().matchAll(COMMAND)) {
        socket.write(answers[name.toLowerCase()] ?? '+OK\r\n');
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => server.close(),
  };
}
