import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeRedis, createRedis, locateRedis, workerConnectionOptions } from '#libs/redis';
import { REDIS_CACHE_DIR, waitUntil } from '#libs/testing';

const PASSWORD = 'Jk3hd82hsXq';
const DOWN_AFTER_MS = 1_000;
const READY_MS = 20_000;

/** A primary, a replica of it, and the Sentinel that makes the replica the primary when the first is gone. */
export class WatchedPrimary {
  private readonly children: ChildProcess[] = [];

  private constructor(
    private readonly folder: string,
    private readonly ports: { primary: number; replica: number; sentinel: number },
  ) {}

  static async start(): Promise<WatchedPrimary> {
    const folder = await mkdtemp(join(tmpdir(), 'leadgen-sentinel-'));
    const [primary, replica, sentinel] = [await freePort(), await freePort(), await freePort()];
    const watched = new WatchedPrimary(folder, { primary, replica, sentinel });
    try {
      await watched.launch(primary, []);
      await watched.launch(replica, [
        '--replicaof',
        '127.0.0.1',
        String(primary),
        '--repl-diskless-sync-delay',
        '0',
      ]);
      await watched.watch();
    } catch (error) {
      await watched.stop();
      throw error;
    }
    return watched;
  }

  /** As in `REDIS_URL`. */
  get url(): string {
    return `redis+sentinel://:${PASSWORD}@127.0.0.1:${this.ports.sentinel}/main?sentinel_password=${PASSWORD}`;
  }

  /** SIGKILL of the first primary. */
  async killPrimary(): Promise<void> {
    const [primary] = this.children;
    primary?.kill('SIGKILL');
    if (primary?.exitCode === null) await once(primary, 'exit');
  }

  async stop(): Promise<void> {
    const alive = this.children.filter(
      ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
    );
    await Promise.all(
      alive.map((child) => {
        child.kill('SIGKILL');
        return once(child, 'exit');
      }),
    );
    await rm(this.folder, { recursive: true, force: true });
  }

  private async launch(port: number, extra: string[]): Promise<void> {
    const security = ['--requirepass', PASSWORD, '--masterauth', PASSWORD];
    await this.run(['--port', String(port), '--dir', this.folder, '--save', '', ...security, ...extra]);
  }

  private async watch(): Promise<void> {
    const { primary, sentinel } = this.ports;
    const conf = join(this.folder, 'sentinel.conf');
    const lines = [
      `port ${sentinel}`,
      `dir ${this.folder}`,
      `requirepass ${PASSWORD}`,
      `sentinel monitor main 127.0.0.1 ${primary} 1`,
      `sentinel auth-pass main ${PASSWORD}`,
      `sentinel down-after-milliseconds main ${DOWN_AFTER_MS}`,
    ];
    await writeFile(conf, `${lines.join('\n')}\n`);
    await this.run([conf, '--sentinel']);
    const asked = createRedis(`redis://:${PASSWORD}@127.0.0.1:${sentinel}`, workerConnectionOptions());
    try {
      await waitUntil(
        async () => ((await asked.call('SENTINEL', 'replicas', 'main')) as unknown[]).length === 1,
        { timeoutMs: READY_MS, what: 'the Sentinel knows the replica' },
      );
    } finally {
      await closeRedis(asked);
    }
  }

  private async run(words: string[]): Promise<void> {
    const { command, env } = await locateRedis({ cacheDir: REDIS_CACHE_DIR, env: process.env });
    const child = spawn(command, words, { env: { ...process.env, ...env }, stdio: 'ignore' });
    this.children.push(child);
    await once(child, 'spawn');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
