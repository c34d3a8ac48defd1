import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '#libs/testing';
import type { ContainerPrograms, Ran } from './container-programs';
import type { StandIns } from './stand-ins';

const REPOSITORY = join(__dirname, '../..');
const PROJECT = 'leadgen-compose-test';
/**
 * Of podman's networks: one that leads nowhere has no names, without which nobody finds Redis, and who is on two of them may
 * ask the one for a name that only the other has. So all are on both.
 */
const NAMED_NETWORKS = `version: '3.8'
networks:
  cell: { internal: false }
services:
  redis: { networks: [cell, outside] }
  simulator: { networks: [cell, outside] }
`;
const TOOLS = join(REPOSITORY, 'scripts/check/tools');
const FIND_COMPOSE = `
  import { composeProgram } from './compose-program.mjs';
  const { command, env } = await composeProgram({ ofPackage: true });
  const { PATH, LD_LIBRARY_PATH, PYTHONPATH } = env;
  console.log(JSON.stringify({ command, env: { PATH, LD_LIBRARY_PATH, PYTHONPATH } }));`;
const HEALTH_EVERY_MS = 1_000;

interface ComposeProgram {
  command: string[];
  env: NodeJS.ProcessEnv;
}

/** `docker-compose.yml` of the checkout, really run: Debian's docker-compose on podman's own socket. */
export class ComposeProject {
  private readonly ended = new AbortController();
  private rounds: Promise<void> = Promise.resolve();

  private constructor(
    private readonly programs: ContainerPrograms,
    private readonly service: ChildProcess,
    private readonly folder: string,
    private readonly compose: ComposeProgram,
    /** The addresses of what is published. */
    readonly urls: Readonly<Record<'api' | 'prometheus' | 'alertmanager', string>>,
  ) {}

  static async open(programs: ContainerPrograms, image: string, others: StandIns): Promise<ComposeProject> {
    const folder = await mkdtemp(join(tmpdir(), 'leadgen-compose-'));
    await writeFile(join(folder, 'networks.yml'), NAMED_NETWORKS);
    const socket = `unix://${join(folder, 'podman.sock')}`;
    const service = spawn('podman', ['system', 'service', '--time=0', socket], {
      env: programs.env,
      stdio: 'ignore',
    });
    const [api, prometheus, alertmanager] = [await freePort(), await freePort(), await freePort()];
    const env = {
      ...programs.env,
      DOCKER_HOST: socket,
      LEADGEN_IMAGE: image,
      REDIS_IMAGE: others.redis,
      PROMETHEUS_IMAGE: others.prometheus,
      ALERTMANAGER_IMAGE: others.alertmanager,
      LEADGEN_PORT: api,
      PROMETHEUS_PORT: prometheus,
      ALERTMANAGER_PORT: alertmanager,
    };
    const url = (port: string): string => `http://127.0.0.1:${port}`;
    const project = new ComposeProject(programs, service, folder, await composeOf(programs, env), {
      api: url(api),
      prometheus: url(prometheus),
      alertmanager: url(alertmanager),
    });
    await waitUntil(
      async () => (await programs.try('podman', ['--remote', '--url', socket, 'version'])).code === 0,
      {
        timeoutMs: 60_000,
        what: 'podman serves its socket',
      },
    );
    project.rounds = project.askAfterHealth();
    return project;
  }

  async run(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.try(...args);
    if (code === 0) return stdout;
    throw new Error(`compose ${args.join(' ')} ended with ${code}:\n${(stdout + stderr).slice(-4_000)}`);
  }

  try(...args: readonly string[]): Promise<Ran> {
    const [program = '', ...words] = this.commandLine(args);
    return this.programs.tryWith(this.compose.env, program, words);
  }

  /** Runs lines of the docs, with this project in place of the one that `docker compose` would find in the checkout. */
  async sh(text: string): Promise<Ran> {
    const [program = '', ...words] = this.commandLine([]);
    const quoted = [program, ...words].map((word) => `'${word}'`).join(' ');
    // The first word is `compose`; options that are there already may be said twice.
    await writeFile(join(this.folder, 'docker'), `#!/bin/sh\nshift\nexec ${quoted} "$@"\n`, { mode: 0o755 });
    const env = { ...this.compose.env, PATH: `${this.folder}:${this.compose.env.PATH ?? ''}` };
    const script = text.replaceAll('http://127.0.0.1:3000', this.urls.api);
    return this.programs.tryWith(env, '/bin/sh', ['-euc', script], REPOSITORY);
  }

  /** The container of a service, by podman's name. */
  container(service: string): string {
    return `${PROJECT}_${service}_1`;
  }

  async close(): Promise<void> {
    await this.try('down', '--volumes', '--timeout', '1');
    this.ended.abort();
    await this.rounds;
    const gone = once(this.service, 'exit');
    this.service.kill('SIGTERM');
    await gone;
    await rm(this.folder, { recursive: true, force: true });
  }

  private commandLine(args: readonly string[]): string[] {
    const files = ['-f', join(REPOSITORY, 'docker-compose.yml'), '-f', join(this.folder, 'networks.yml')];
    const profiles = ['--profile', 'demo', '--profile', 'watch', '--profile', 'tools'];
    const project = ['--project-directory', REPOSITORY, '-p', PROJECT];
    return [...this.compose.command, ...project, ...files, ...profiles, ...args];
  }

  /** What systemd's timers do for podman elsewhere: each container's own check, again and again. */
  private async askAfterHealth(): Promise<void> {
    const { signal } = this.ended;
    while (!signal.aborted) {
      const names = (
        await this.programs.podman('ps', '--format={{.Names}}', `--filter=name=${PROJECT}`)
      ).split('\n');
      await Promise.all(
        names.filter(Boolean).map((name) => this.programs.try('podman', ['healthcheck', 'run', name])),
      );
      await new Promise((resolve) => {
        setTimeout(resolve, HEALTH_EVERY_MS);
      });
    }
  }
}

/** Found in a process of its own, for it is a script's module. */
async function composeOf(programs: ContainerPrograms, env: NodeJS.ProcessEnv): Promise<ComposeProgram> {
  const found = await programs.run(process.execPath, ['--input-type=module', '--eval', FIND_COMPOSE], TOOLS);
  const { command, env: paths } = JSON.parse(found.split('\n').at(-1) ?? '') as ComposeProgram;
  return { command, env: { ...env, ...paths } };
}

async function freePort(): Promise<string> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}
