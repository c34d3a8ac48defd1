import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '#libs/testing';
import { isAlive, launchRedis, NOBODY } from '../../test/launched-redis';
import { createRedis, type RedisClient } from '../connections';
import { locateRedis } from './locate-redis';
import { startEmbeddedRedis, type EmbeddedRedis, type EmbeddedRedisOptions } from './start-embedded-redis';

/** The folder every medium test takes its Redis from. */
const CACHE_DIR = join(__dirname, '../../../../.cache/redis-dist');

let folder: string;
let running: EmbeddedRedis[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-redis-'));
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((redis) => redis.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedRedisOptions> = {}): Promise<EmbeddedRedis> {
  const redis = await startEmbeddedRedis({
    dataDir: folder,
    cacheDir: CACHE_DIR,
    appendOnly: true,
    env: process.env,
    ...options,
  });
  running.push(redis);
  return redis;
}

async function ask<T>(url: string, use: (client: RedisClient) => Promise<T>): Promise<T> {
  const client = createRedis(url, { maxRetriesPerRequest: 0, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    return await use(client);
  } finally {
    client.disconnect();
  }
}

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });

describe('a started Redis', () => {
  it('is ready in five seconds, wants its password and listens on loopback only', async () => {
    await start().then((redis) => redis.stop());
    const began = performance.now();
    const { url, port } = await start();
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(await ask(url, (client) => client.ping())).toBe('PONG');
    await expect(ask(`redis://127.0.0.1:${port}`, (client) => client.ping())).rejects.toThrow(/NOAUTH/);
    expect(await ask(url, (client) => client.config('GET', 'bind'))).toEqual(['bind', '127.0.0.1']);
    expect(await ask(url, (client) => client.config('GET', 'maxmemory-policy'))).toContain('noeviction');
  });

  it('is another one than the Redis that already listens on 6379, which keeps its data', async () => {
    // If somebody else has the port, that one is not ours to look into: then only that it goes on listening.
    const usual = (await isListening(6379))
      ? undefined
      : await start({ dataDir: join(folder, 'usual'), port: 6379 });
    if (usual) await ask(usual.url, (client) => client.set('kept', 'yes'));
    const own = await start();
    expect(own.port).not.toBe(6379);
    expect(await ask(own.url, (client) => client.dbsize())).toBe(0);
    await own.stop();
    expect(await isListening(6379)).toBe(true);
    if (!usual) return;
    expect(await ask(usual.url, (client) => client.get('kept'))).toBe('yes');
    expect(await ask(usual.url, (client) => client.info('server'))).toContain(`process_id:${usual.pid}\r\n`);
  });

  it.each(['with blanks', `quotes ' and "`, 'Größe 数据', 'a$b`c\\d;e', '-dash'])(
    'keeps its data in a folder named %s',
    async (name) => {
      const dataDir = join(folder, name);
      const { url } = await start({ dataDir });
      expect(await ask(url, (client) => client.config('GET', 'dir'))).toEqual([
        'dir',
        join(dataDir, 'redis'),
      ]);
      expect(await readFile(join(dataDir, 'redis/redis.log'), 'utf8')).toContain(
        'Ready to accept connections',
      );
    },
  );

  it('has what it acknowledged, when it is killed and started again in its folder', async () => {
    const first = await start();
    await ask(first.url, (client) => client.set('promise', 'kept'));
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const second = await start();
    expect(await ask(second.url, (client) => client.get('promise'))).toBe('kept');
  });

  it('is the only one in its folder, where the lock of a launcher that is stopped has lapsed', async () => {
    const first = await start();
    await ask(first.url, (client) => client.set('promise', 'kept'));
    const second = start();
    await expect(second).rejects.toMatchObject({ code: 'data_dir_locked' });
    await expect(second).rejects.toThrow(/end that leadgen.*set LEADGEN_DATA_DIR/);
    expect(await ask(first.url, (client) => client.get('promise'))).toBe('kept');
  });

  it('waits for the one that was there to end', async () => {
    const first = await start();
    const second = start();
    await first.stop();
    expect(await ask((await second).url, (client) => client.ping())).toBe('PONG');
  });

  it('ends with stop(), however often it is called', async () => {
    const redis = await start();
    await Promise.all([redis.stop(), redis.stop()]);
    await redis.stop();
    await redis.exited;
    expect(isAlive(redis.pid)).toBe(false);
  });

  it('ends with stop() even when it hangs', async () => {
    const redis = await start();
    process.kill(redis.pid, 'SIGSTOP');
    await redis.stop();
    expect(isAlive(redis.pid)).toBe(false);
  });

  it('ends when its launcher is killed, also with nothing on PATH', async () => {
    const { process: launcher, answer } = await launchRedis(
      { dataDir: folder, cacheDir: CACHE_DIR, appendOnly: true },
      { env: { PATH: await pathOf(await start({ dataDir: join(folder, 'other') })) } },
    );
    const pid = answer.started?.pid ?? -1;
    expect(isAlive(pid)).toBe(true);
    launcher.kill('SIGKILL');
    await waitUntil(() => !isAlive(pid), {
      timeoutMs: 20_000,
      what: 'the Redis of the killed launcher has ended',
    });
  });
});

/** A PATH with nothing but this Redis on it, or nothing at all if it came from packages. */
async function pathOf({ origin }: EmbeddedRedis): Promise<string> {
  if (origin !== 'path') return '/nonexistent';
  const { command } = await locateRedis({ cacheDir: CACHE_DIR, env: process.env });
  const only = join(folder, 'only-redis');
  await mkdir(only);
  await writeFile(join(only, 'redis-server'), `#!/bin/sh\nexec '${command}' "$@"\n`, {
    mode: 0o755,
  });
  return only;
}

describe('a Redis that cannot start', () => {
  it('says that the port it was given is in use', async () => {
    const { port } = await start({ dataDir: join(folder, 'first') });
    const attempt = start({ port });
    await expect(attempt).rejects.toMatchObject({ code: 'redis_not_available' });
    await expect(attempt).rejects.toThrow(/did not start on port[\s\S]*Address already in use/);
  });

  it('says that its data are damaged, and where they are', async () => {
    const redis = await start();
    await ask(redis.url, (client) => client.set('a', 'b'));
    await redis.stop();
    const aof = join(folder, 'redis/appendonlydir/appendonly.aof.1.incr.aof');
    await writeFile(aof, 'this is not an append-only file\n'.repeat(20));
    const attempt = start();
    await expect(attempt).rejects.toThrow(/Bad file format/);
    await expect(attempt).rejects.toThrow(`move ${join(folder, 'redis')} away`);
  });

  it('says what Redis says of a configuration it does not read, without waiting', async () => {
    const program = join(folder, 'bin');
    await mkdir(program);
    await writeFile(
      join(program, 'redis-server'),
      '#!/bin/sh\n[ "$1" = --version ] && { echo "Redis server v=7.0.0"; exit 0; }\n' +
        'echo "*** FATAL CONFIG FILE ERROR (Redis 7.0.0) ***" >&2; exit 1\n',
      { mode: 0o755 },
    );
    const began = performance.now();
    await expect(start({ env: { PATH: program } })).rejects.toThrow(/FATAL CONFIG FILE ERROR/);
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  it('names the setting to change when its folder cannot be written', async () => {
    const readOnly = join(folder, 'read-only');
    await mkdir(readOnly, { mode: 0o555 });
    await chmod(folder, 0o755);
    if (process.getuid?.() === 0) await chown(readOnly, NOBODY, NOBODY);
    const { process: launcher, answer } = await launchRedis(
      { dataDir: join(readOnly, 'data'), cacheDir: CACHE_DIR, appendOnly: true },
      { env: process.env, asNobody: true },
    );
    launcher.kill();
    expect(answer.failed).toMatchObject({ code: 'data_dir_unusable' });
    expect(answer.failed?.message).toMatch(/read-only\/data.*permission denied.*set LEADGEN_DATA_DIR/);
  });

  it('names the setting to change when the folder is a file', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(start({ dataDir: join(folder, 'file') })).rejects.toThrow(/set LEADGEN_DATA_DIR/);
  });
});
