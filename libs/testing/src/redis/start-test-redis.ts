import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedRedis, type EmbeddedRedis } from '#libs/redis';
import { REPOSITORY_ROOT } from '../repository-root';

/** A Redis of a test's own, with nothing in it. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** The server's own process, to freeze it. */
  readonly pid: number;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
  /** SIGKILL, as by a power cut; its data stay. */
  kill9(): Promise<void>;
  /** One that was killed, with the same address, password and data. */
  startAgain(): Promise<void>;
}

/** Unpacked packages are shared by all tests of this checkout. */
export const CACHE_DIR = join(REPOSITORY_ROOT, '.cache/redis-dist');

/** Starts it as users' embedded Redis is started, with the append-only file off unless the test is about it. */
export async function startTestRedis({ appendOnly = false } = {}): Promise<TestRedis> {
  const dataDir = await mkdtemp(join(tmpdir(), 'leadgen-redis-'));
  const start = (known: { port?: number; password?: string } = {}): Promise<EmbeddedRedis> =>
    startEmbeddedRedis({ dataDir, cacheDir: CACHE_DIR, appendOnly, env: process.env, ...known });
  let redis = await start();
  return {
    url: redis.url,
    port: redis.port,
    get pid() {
      return redis.pid;
    },
    stop: async () => {
      await redis.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
    kill9: async () => {
      process.kill(redis.pid, 'SIGKILL');
      await redis.exited;
    },
    startAgain: async () => {
      redis = await start({ port: redis.port, password: new URL(redis.url).password });
    },
  };
}
