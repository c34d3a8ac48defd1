import { existsSync } from 'node:fs';
import { chmod, chown, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, launchRedis, NOBODY, type Launcher } from '../../test/launched-redis';
import { linkAllButRedis, writeProgram } from '../../test/programs';
import { waitUntil } from '#libs/testing';
import { locateRedis } from './locate-redis';

/** There are no such packages elsewhere: this rung of the ladder is Debian's and Ubuntu's. */
const onDebian = existsSync('/etc/debian_version');

let folder: string;
let launchers: Launcher[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'debian-redis-'));
  launchers = [];
});
afterEach(async () => {
  for (const { process: child, answer } of launchers) {
    child.kill('SIGKILL');
    const pid = answer.started?.pid;
    if (pid) await waitUntil(() => !isAlive(pid), { timeoutMs: 10_000, what: 'its Redis has ended' });
  }
  await rm(folder, { recursive: true, force: true });
});

/** PATH without any Redis, whose apt-get notes what it is asked. */
async function pathWithoutRedis(): Promise<{ PATH: string; aptCalls: () => Promise<string[]> }> {
  const programs = join(folder, 'programs');
  const calls = join(folder, 'apt-calls');
  linkAllButRedis(programs);
  await writeFile(calls, '');
  await chmod(calls, 0o666);
  await rm(join(programs, 'apt-get'));
  writeProgram(programs, 'apt-get', `echo "$*" >>'${calls}'\nexec /usr/bin/apt-get "$@"`);
  const aptCalls = async (): Promise<string[]> => (await readFile(calls, 'utf8')).split('\n').filter(Boolean);
  return { PATH: programs, aptCalls };
}

async function launch(dataDir: string, cacheDir: string, PATH: string): Promise<Launcher> {
  const launcher = await launchRedis(
    { dataDir: join(folder, dataDir), cacheDir, appendOnly: true },
    { env: { PATH }, asNobody: true },
  );
  launchers.push(launcher);
  return launcher;
}

if (onDebian) {
  describe('the packages of Debian and Ubuntu', () => {
    it('give a Redis without root and without installing; two launchers fetch once; what broke is fetched anew', async () => {
      const cacheDir = join(folder, 'cache');
      const { PATH, aptCalls } = await pathWithoutRedis();
      await chmod(folder, 0o755);
      if (process.getuid?.() === 0) await chown(folder, NOBODY, NOBODY);

      const both = await Promise.all([launch('one', cacheDir, PATH), launch('two', cacheDir, PATH)]);
      expect(both.map(({ answer }) => answer)).toEqual([
        { started: expect.objectContaining({ origin: 'debian-packages' }) },
        { started: expect.objectContaining({ origin: 'debian-packages' }) },
      ]);
      expect((await aptCalls()).filter((call) => call.endsWith(' update'))).toHaveLength(1);
      expect(await readdir(cacheDir)).toEqual(['root']);

      // As if it had been half copied (of its libraries the machine may have its own), and a fetch killed in the middle.
      const server = await realpath(join(cacheDir, 'root/usr/bin/redis-server'));
      const half = (await readFile(server)).subarray(0, 100_000);
      await rm(server);
      await writeFile(server, half, { mode: 0o755 });
      await mkdtemp(join(cacheDir, 'fetch-'));
      const third = await launch('three', cacheDir, PATH);
      expect(third.answer.started?.origin).toBe('debian-packages');
      expect(await readdir(cacheDir)).toEqual(['root']);

      const warm = performance.now();
      await launch('four', cacheDir, PATH);
      expect(performance.now() - warm).toBeLessThan(5_000);
      expect((await aptCalls()).filter((call) => call.endsWith(' update'))).toHaveLength(2);
    });

    it('are given up when apt hangs', async () => {
      const { PATH } = await pathWithoutRedis();
      writeProgram(join(folder, 'slow'), 'apt-get', 'exec sleep 600');
      const started = performance.now();
      const attempt = locateRedis({
        cacheDir: join(folder, 'cache'),
        env: { PATH: `${join(folder, 'slow')}:${PATH}` },
        fetchMs: 400,
      });
      await expect(attempt).rejects.toThrow(/not fetched in 0\.4 s/);
      expect(performance.now() - started).toBeLessThan(5_000);
    });

    it('are given up, saying why, when apt cannot reach them', async () => {
      const { PATH } = await pathWithoutRedis();
      writeProgram(
        join(folder, 'cut-off'),
        'apt-get',
        'echo "E: Could not resolve deb.example" >&2; exit 100',
      );
      const attempt = locateRedis({
        cacheDir: join(folder, 'cache'),
        env: { PATH: `${join(folder, 'cut-off')}:${PATH}` },
      });
      await expect(attempt).rejects.toThrow(/packages: E: Could not resolve deb\.example/);
    });

    it('leave a fetch that is no longer wanted', async () => {
      const { PATH } = await pathWithoutRedis();
      const stop = new AbortController();
      writeProgram(join(folder, 'slow'), 'apt-get', `touch '${join(folder, 'begun')}'; exec sleep 600`);
      const attempt = locateRedis({
        cacheDir: join(folder, 'cache'),
        env: { PATH: `${join(folder, 'slow')}:${PATH}` },
        signal: stop.signal,
      });
      const begun = waitUntil(() => existsSync(join(folder, 'begun')), {
        timeoutMs: 20_000,
        what: 'apt-get runs',
      });
      await Promise.all([
        begun.then(() => stop.abort()),
        expect(attempt).rejects.toThrow(/no Redis to start/),
      ]);
    });
  });
}

describe('without apt', () => {
  it('there is no Redis from packages, and the error names the ways out', async () => {
    const attempt = locateRedis({
      cacheDir: join(folder, 'cache'),
      env: { PATH: folder },
      platform: 'linux',
    });
    await expect(attempt).rejects.toMatchObject({ code: 'redis_not_available' });
  });
});
