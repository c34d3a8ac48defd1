import { connect } from 'node:net';

/** How long one look at the server may take. */
const LOOK_MS = 500;

/** `loading`: it reads its append-only file. `silent`: nobody answers, or somebody who does not know the password. */
export type RedisStanding = 'ready' | 'loading' | 'silent';

/** Asks whether a Redis on loopback takes commands, without a client library: it is asked every few milliseconds. */
export function redisStanding(port: number, password: string): Promise<RedisStanding> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    const end = (standing: RedisStanding): void => {
      socket.destroy();
      resolve(standing);
    };
    socket.setTimeout(LOOK_MS, () => end('silent'));
    socket.on('error', () => end('silent'));
    socket.on('close', () => end('silent'));
    socket.on('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (piece) => {
      answer += piece.toString();
      if (answer.includes('-LOADING')) end('loading');
      else if (answer.includes('+PONG')) end('ready');
    });
  });
}
