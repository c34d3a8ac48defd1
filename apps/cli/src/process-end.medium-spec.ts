import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testRedisPath, waitUntil } from '#libs/testing';
import { leadgen, ROOT, type Ended } from '../test/leadgen';

const LEADGEN = join(ROOT, 'bin/leadgen');
let folder: string;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadgen-end-'));
  env = { LEADGEN_DATA_DIR: join(folder, 'data'), PATH: await testRedisPath() };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A line of shell; its last word of stdout is what leadgen ended with. */
const shell = (line: string): Promise<Ended> =>
  leadgen(['-c', line], { cwd: folder, env, program: '/bin/bash' });

/** Every process that was started for this data folder, by its environment. */
async function started(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const environments = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')),
  );
  return pids.filter((_, i) => environments[i]?.includes(folder));
}

const nothingIsLeft = (): Promise<void> =>
  waitUntil(async () => (await started()).length === 0, {
    timeoutMs: 10_000,
    what: 'nothing is left running',
  });

const NO_STACK = /^ {4}at /m;

describe('a command whose output takes nothing more', () => {
  it('| head: cleans up and ends with 141, quietly', async () => {
    const { stdout, stderr } = await shell(`'${LEADGEN}' demo --json | head -n 1; echo "\${PIPESTATUS[0]}"`);
    expect(stdout).toMatch(/^\{"event":"accepted".*\}\n141\n$/);
    expect(stderr).not.toMatch(NO_STACK);
    expect(stderr).toContain('It is kept');
    await nothingIsLeft();
  });

  it('on a full disk: says so and ends with 1', async () => {
    const { stdout, stderr } = await shell(`'${LEADGEN}' --help >/dev/full; echo "$?"`);
    expect(stdout).toBe('1\n');
    expect(stderr).toMatch(/^leadgen: stdout cannot be written \(ENOSPC.*\): is the disk .* full\?\n$/);
  });
});

/** Only root may, and not in every container; elsewhere there is no small disk to fill. */
const mayMount = ((): boolean => {
  const { status } = spawnSync('unshare', [
    '--mount',
    'mount',
    '-t',
    'tmpfs',
    '-o',
    'size=1m',
    'tmpfs',
    '/mnt',
  ]);
  return status === 0;
})();

if (mayMount) {
  describe('a data folder on a disk', () => {
    let disk: string;
    beforeEach(async () => {
      disk = join(folder, 'disk');
      await mkdir(disk, { recursive: true });
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk]);
    });
    afterEach(() => execFileSync('umount', [disk]));

    const run = (): Promise<Ended> =>
      leadgen(['demo', '--json', '--limit', '50'], {
        cwd: folder,
        env: { ...env, LEADGEN_DATA_DIR: join(disk, 'data') },
      });

    it('that is full from the start is refused, naming the fix; nothing half-written is left', async () => {
      spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'fill')}`, 'bs=1k']);
      const ended = await run();
      expect(ended).toMatchObject({ exitCode: 2, result: { error: { code: 'data_dir_unusable' } } });
      expect(ended.stderr).toMatch(
        /ENOSPC.*free space there, or set LEADGEN_DATA_DIR to a folder on another disk/,
      );
      expect(await readdir(join(disk, 'data'))).toEqual([]);
    });

    it('that fills up under way ends the command with 69, keeps the run, and leaves nothing running', async () => {
      await writeFile(join(disk, 'fill'), Buffer.alloc(5_400 * 1024));
      const ended = await run();
      expect(ended).toMatchObject({
        exitCode: 69,
        result: { exit_code: 69, error: { code: 'redis_disk_full' } },
      });
      expect(ended.stderr).toMatch(/disk is full: free space there.*goes on afterwards/);
      expect(ended.stderr).not.toMatch(NO_STACK);
      const files = await readdir(disk, { recursive: true });
      expect(files.filter((name) => name.includes('.tmp'))).toEqual([]);
      await nothingIsLeft();
    });
  });
}
