import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  lutimes,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { waitUntil } from '#libs/testing';
import { ROOT } from '../../test/leadgen';
import { withSpooled } from './stdin-spool';

const MONTH_S = 30 * 86_400;

let dataDir: string;
const spool = (): string => join(dataDir, 'spool');
const left = (): Promise<string[]> => readdir(spool());

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'leadgen-spool-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const spooled = <Result>(use: (file: string) => Promise<Result>): Promise<Result> =>
  withSpooled(Readable.from('name\nAcme\n'), { dataDir, signal: new AbortController().signal }, use);

describe('companies from stdin', () => {
  it('are in a file of their own, for their owner alone, as long as they are needed', async () => {
    const { text, mode } = await spooled(async (file) => ({
      text: await readFile(file, 'utf8'),
      mode: (await stat(file)).mode,
    }));
    expect(text).toBe('name\nAcme\n');
    expect(mode & 0o777).toBe(0o600);
    expect(await left()).toEqual([]);
  });

  it('of a command that was killed are removed by the next one; those of one that lives are not', async () => {
    const child = spawn(
      join(ROOT, 'bin/leadgen'),
      ['run', '--tenant-id', 'acme', '--companies', '-', '--icp-payload', '{}'],
      {
        cwd: dataDir,
        env: { PATH: '/usr/bin:/bin', LEADGEN_DATA_DIR: dataDir },
        stdio: ['pipe', 'ignore', 'ignore'],
      },
    );
    child.stdin.write('name\nAcme\n');
    await waitUntil(async () => (await left().catch(() => [])).length === 1, {
      timeoutMs: 60_000,
      what: 'the command reads its stdin',
    });
    await spooled(async () => expect(await left()).toHaveLength(2));
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await left()).toHaveLength(1);
    await spooled(async () => expect(await left()).toHaveLength(1));
    expect(await left()).toEqual([]);
  });

  it('of another host are left alone for 25 days; links and what is not ours for ever', async () => {
    await mkdir(spool(), { recursive: true });
    await chmod(spool(), 0o700);
    const aside = join(dataDir, 'aside');
    await writeFile(aside, 'kept');
    await writeFile(join(spool(), 'stdin-00000000-1-00000001'), 'new');
    await writeFile(join(spool(), 'stdin-00000000-1-00000002'), 'old');
    await writeFile(join(spool(), 'notes'), 'old');
    await symlink(aside, join(spool(), 'stdin-00000000-1-00000003'));
    const long = Date.now() / 1_000 - MONTH_S;
    for (const name of ['stdin-00000000-1-00000002', 'stdin-00000000-1-00000003', 'notes']) {
      await lutimes(join(spool(), name), long, long);
    }
    await spooled(() => Promise.resolve());
    expect((await left()).sort()).toEqual([
      'notes',
      'stdin-00000000-1-00000001',
      'stdin-00000000-1-00000003',
    ]);
    expect(await readFile(aside, 'utf8')).toBe('kept');
  });
});
