import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { testRedisPath, waitUntil } from '#libs/testing';

/** The repository's root. */
export const ROOT = join(__dirname, '../../..');

export interface EndedBlock {
  exitCode: number;
  /** Both streams, as they came. */
  output: string;
}

/** What commands of the docs find beside them, as in a checkout. */
const OF_THE_CHECKOUT = ['bin', 'scripts', 'samples', 'dist', 'node_modules', 'package.json', 'docs'];
const COMPANIES = 12;
const PASSWORD = 'correct horse battery\n';
/** Kept between the blocks of one document: what one of them exports or sets, the next can use. */
const STATE = '.shell-state';
const ENDS_MS = 30_000;
const READY = /"event":"ready"|^API {3}http/m;
const READY_MS = 90_000;

/** A folder that looks like a checkout, in which a document's blocks run one after the other. */
export class DocsSandbox {
  private constructor(
    private readonly folder: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async make(env: Readonly<Record<string, string>>): Promise<DocsSandbox> {
    const folder = await mkdtemp(join(tmpdir(), 'leadgen-docs-'));
    for (const name of OF_THE_CHECKOUT) await symlink(join(ROOT, name), join(folder, name));
    const samples = await readFile(join(ROOT, 'samples/companies.csv'), 'utf8');
    await writeFile(
      join(folder, 'companies.csv'),
      samples
        .split('\n')
        .slice(0, COMPANIES + 1)
        .join('\n'),
    );
    await copyFile(join(ROOT, 'samples/icp.json'), join(folder, 'icp.json'));
    await writeFile(join(folder, 'password.txt'), PASSWORD);
    // curl alone takes an answer of 404 for a success.
    await writeFile(join(folder, '.curlrc'), 'fail-with-body\n');
    await mkdir(join(folder, 'tmp'));
    const [redisTools = ''] = (await testRedisPath()).split(delimiter);
    return new DocsSandbox(folder, {
      // redis-cli and redis-server as on a host that has the packages.
      PATH: [join(ROOT, 'node_modules/.bin'), redisTools, '/usr/bin', '/bin'].join(delimiter),
      HOME: folder,
      CURL_HOME: folder,
      TMPDIR: join(folder, 'tmp'),
      LEADGEN_CHECK_ID: process.env.LEADGEN_CHECK_ID ?? '',
      ...env,
    });
  }

  /** Runs a block to its end; what it left in the background ends, too. */
  async run(text: string, timeoutMs: number): Promise<EndedBlock> {
    const block = this.start(text);
    const timer = setTimeout(() => block.signal('SIGKILL'), timeoutMs);
    const exitCode = await block.exited;
    clearTimeout(timer);
    await block.endAll();
    return { exitCode, output: block.output() };
  }

  /** Runs a block whose last command serves until it is told to stop; answers once it has been ready, and has ended. */
  async serve(text: string): Promise<EndedBlock> {
    const block = this.start(text);
    let exitCode: number | undefined;
    void block.exited.then((code) => (exitCode = code));
    try {
      await waitUntil(() => READY.test(block.output()) || exitCode !== undefined, {
        timeoutMs: READY_MS,
        what: `the server is ready: ${block.output()}`,
      });
      // One that has ended by itself never served, whatever its code.
      return { exitCode: exitCode === undefined ? 0 : exitCode || 1, output: block.output() };
    } finally {
      await block.endAll();
    }
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  private start(text: string): StartedBlock {
    const script = `set -eua\n[ ! -f ${STATE} ] || . ./${STATE}\n${text}\nexport -p >${STATE}\n`;
    const child = spawn('/bin/sh', ['-c', script], {
      cwd: this.folder,
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, so that what it starts in the background can be ended with it.
      detached: true,
    });
    let output = '';
    const keep = (piece: Buffer): void => void (output += piece.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const group = -(child.pid ?? 0);
    return {
      output: () => output,
      exited: once(child, 'exit').then(([code]: (number | null)[]) => code ?? -1),
      signal: (signal) => void tell(group, signal),
      endAll: async () => {
        tell(group, 'SIGTERM');
        await waitUntil(() => !tell(group, 0), {
          timeoutMs: ENDS_MS,
          what: 'all that the block started has ended',
        }).catch((error: unknown) => {
          tell(group, 'SIGKILL');
          throw error;
        });
      },
    };
  }
}

interface StartedBlock {
  output(): string;
  readonly exited: Promise<number>;
  signal(signal: NodeJS.Signals): void;
  endAll(): Promise<void>;
}

/** False if there is nobody left in the group. */
function tell(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(group, signal);
  } catch {
    return false;
  }
}
