import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { REDIS_CACHE_DIR } from '#libs/testing';
import { locateRedis } from '../src';

const SCRIPTS = join(__dirname, '../../../helm/leadgen/files/redis');
const PASSWORD = 'Jk3hd82hsXq';

type Program = 'redis' | 'sentinel';

/** The three Redis pods of the chart, as its scripts start them: in place of a pod each has an address of this machine. */
export class ChartPods {
  private readonly running = new Map<string, ChildProcess>();

  private constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly port: number,
    private readonly sentinelPort: number,
  ) {}

  static async make(): Promise<ChartPods> {
    const folder = await mkdtemp(join(tmpdir(), 'leadgen-chart-redis-'));
    const { command, env } = await locateRedis({ cacheDir: REDIS_CACHE_DIR, env: process.env });
    await writeFile(join(folder, 'password'), PASSWORD);
    // Wherever the server is, its command line is beside it.
    await mkdir(join(folder, 'bin'));
    await symlink(command, join(folder, 'bin/redis-server'));
    await symlink(join(dirname(command), 'redis-cli'), join(folder, 'bin/redis-cli'));
    const path = [join(folder, 'bin'), process.env.PATH].join(delimiter);
    return new ChartPods(folder, { ...process.env, ...env, PATH: path }, await freePort(), await freePort());
  }

  address = (pod: number): string => `127.0.0.${pod + 1}`;

  /** Of one pod's Redis, or of its Sentinel. */
  urlOf(pod: number, program: Program = 'redis'): string {
    const port = program === 'redis' ? this.port : this.sentinelPort;
    return `redis://:${PASSWORD}@${this.address(pod)}:${port}`;
  }

  /** Of the cell, as the chart's Secret has it. */
  get url(): string {
    const others = [1, 2].map((pod) => `sentinel=${this.address(pod)}:${this.sentinelPort}`).join('&');
    const first = `${this.address(0)}:${this.sentinelPort}`;
    return `redis+sentinel://:${PASSWORD}@${first}/leadgen?${others}&sentinel_password=${PASSWORD}`;
  }

  async start(pod: number, program: Program): Promise<void> {
    const dataDir = join(this.folder, String(pod));
    await mkdir(join(dataDir, 'run'), { recursive: true });
    const child = spawn('sh', [join(SCRIPTS, `start-${program}.sh`)], {
      stdio: 'ignore',
      env: {
        ...this.env,
        SELF: this.address(pod),
        BIND: this.address(pod),
        FIRST: this.address(0),
        PORT: String(this.port),
        SENTINEL_HOST: this.address(0),
        SENTINEL_PORT: String(this.sentinelPort),
        DATA_DIR: dataDir,
        RUN_DIR: join(dataDir, 'run'),
        PASSWORD_FILE: join(this.folder, 'password'),
        DOWN_AFTER_MS: '1000',
        MAXMEMORY: '64mb',
      },
    });
    await once(child, 'spawn');
    this.running.set(`${program}-${pod}`, child);
  }

  /** `answering`: once every Redis does. Here a second is enough to be thought dead, and a busy machine needs as much to start one. */
  async startAll(answering: () => Promise<void>): Promise<void> {
    const start = (program: Program): Promise<unknown> =>
      Promise.all([0, 1, 2].map((pod) => this.start(pod, program)));
    await start('redis');
    await answering();
    await start('sentinel');
  }

  async stop(pod: number, program: Program, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.running.get(`${program}-${pod}`);
    this.running.delete(`${program}-${pod}`);
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  async stopAll(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const names = [...this.running.keys()].map((name) => name.split('-') as [Program, string]);
    await Promise.all(names.map(([program, pod]) => this.stop(Number(pod), program, signal)));
  }

  async remove(): Promise<void> {
    await this.stopAll('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
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
