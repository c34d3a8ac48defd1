import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Debian's and Ubuntu's packages of what builds and runs images without a daemon, and of what their networks need. */
const PACKAGES = [
  'buildah',
  'containernetworking-plugins',
  'debootstrap',
  'golang-github-containernetworking-plugin-dnsname',
  'podman',
  'runc',
];
const PROGRAMS = ['buildah', 'podman', 'debootstrap', 'runc'];

/** Where there is no systemd, and no right to raise limits. */
const CONTAINERS_CONF = `[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[engine.runtimes]
runc = ["/usr/sbin/runc", "/usr/bin/runc"]
`;

/**
 * Buildah and podman of this machine. They need files of the system (policies, network plugins), so that unpacking them
 * beside it will not do: where they are missing they are installed, as root, which only the full check does.
 */
export class ContainerPrograms {
  private constructor(readonly env: Readonly<Record<string, string | undefined>>) {}

  static async bring(): Promise<ContainerPrograms> {
    const missing = await Promise.all(PROGRAMS.map(isMissing));
    if (missing.includes(true)) await install();
    const folder = await mkdtemp(join(tmpdir(), 'leadgen-containers-'));
    const conf = join(folder, 'containers.conf');
    await writeFile(conf, CONTAINERS_CONF);
    return new ContainerPrograms({ ...process.env, CONTAINERS_CONF: conf });
  }

  /** Runs a program to its end; throws with its last words unless it ended with 0. */
  async run(program: string, args: readonly string[], cwd?: string): Promise<string> {
    const { code, stdout, stderr } = await this.try(program, args, cwd);
    if (code === 0) return stdout.trim();
    throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${(stdout + stderr).slice(-4_000)}`);
  }

  /** As `run`, and answers however it ended. */
  try(program: string, args: readonly string[], cwd?: string): Promise<Ran> {
    return this.tryWith(this.env, program, args, cwd);
  }

  /** As `try`, in another environment. */
  tryWith(env: NodeJS.ProcessEnv, program: string, args: readonly string[], cwd?: string): Promise<Ran> {
    const options = { env, maxBuffer: 256 * 1024 * 1024, ...(cwd !== undefined && { cwd }) };
    return execute(program, args, options).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: unknown) => ended(error as Ended),
    );
  }

  podman(...args: readonly string[]): Promise<string> {
    return this.run('podman', args);
  }
}

/** What `execFile` rejects with. */
interface Ended {
  code?: number | string;
  stdout?: string;
  stderr?: string;
  message: string;
}

function ended({ code, stdout = '', stderr, message }: Ended): Ran {
  return { code: typeof code === 'number' ? code : -1, stdout, stderr: stderr ?? message };
}

function isMissing(program: string): Promise<boolean> {
  return execute('sh', ['-c', `command -v ${program}`]).then(
    () => false,
    () => true,
  );
}

async function install(): Promise<void> {
  try {
    await execute('apt-get', ['update', '-q']);
    await execute('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...PACKAGES], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (cause) {
    throw new Error(
      `images are built and run with ${PROGRAMS.join(', ')}, which could not be installed: install them (${PACKAGES.join(' ')}), ` +
        'or run the full check as root on Debian or Ubuntu',
      { cause },
    );
  }
}
