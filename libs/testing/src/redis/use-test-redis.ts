import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { startTestRedis, type TestRedis } from './start-test-redis';

/** What the tests of a file share, and what each has for itself. To be read inside tests and hooks only. */
export interface UsedRedis {
  readonly server: TestRedis;
  readonly url: string;
  /** Connected as a worker is. */
  readonly redis: RedisClient;
  /** Of a cell in which nothing is yet: each test has its own. In `beforeAll`, of one that no test has. */
  readonly keys: CellKeys;
  /** From here on, a cell in which nothing is yet: for a test that tries many things in turn. */
  newCell(): void;
  /** One more client, of a process that races with the first. */
  connect(): Promise<RedisClient>;
}

/**
 * A real Redis for the tests of a `describe`, started before its first and stopped after its last. Call it first in there:
 * hooks that stand below find it ready.
 */
export function useTestRedis(): UsedRedis {
  let server: TestRedis;
  let clients: RedisClient[] = [];
  let cell = 0;
  let keys = new CellKeys('t0');
  const connect = async (): Promise<RedisClient> => {
    const client = createRedis(server.url, workerConnectionOptions());
    clients.push(client);
    await client.connect();
    return client;
  };
  const newCell = (): void => {
    cell += 1;
    keys = new CellKeys(`t${cell}`);
  };
  beforeAll(async () => {
    server = await startTestRedis();
    await connect();
  });
  beforeEach(newCell);
  afterAll(async () => {
    await Promise.all(clients.map(closeRedis));
    clients = [];
    await server.stop();
  });
  return {
    get server() {
      return server;
    },
    get url() {
      return server.url;
    },
    get redis() {
      return clients[0] as RedisClient;
    },
    get keys() {
      return keys;
    },
    newCell,
    connect,
  };
}
