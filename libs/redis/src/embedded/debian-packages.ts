import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lock } from 'proper-lockfile';
import { isUsable, type LauncherEnv, type RedisBinary } from './redis-binary';

const execute = promisify(execFile);

/** redis-server is a link into redis-tools; the others are the libraries it is linked against, in Debian 11 to 13 and Ubuntu. */
const PACKAGES = [
  'redis-server',
  'redis-tools',
  'liblzf1',
  'libjemalloc2',
  'libatomic1',
  'liblua5.1-0',
  'lua-bitop',
  'lua-cjson',
];
const APT_TIMEOUT_MS = 120_000;

/**
 * The distribution's own Redis, unpacked below `cacheDir` and kept there: nothing is installed, no root is needed.
 * Undefined where there is no apt, or apt cannot fetch it. Several processes may ask at once; one fetches.
 */
export async function redisFromDebianPackages(
  cacheDir: string,
  env: LauncherEnv,
): Promise<RedisBinary | undefined> {
  const known = await unpackedRedis(cacheDir);
  if (known) return known;
  if (!(await exists('/etc/debian_version'))) return undefined;
  await mkdir(cacheDir, { recursive: true });
  const release = await lock(cacheDir, { retries: { retries: 240, minTimeout: 500, maxTimeout: 500 } });
  try {
    return (await unpackedRedis(cacheDir)) ?? (await fetchAndUnpack(cacheDir, env));
  } finally {
    await release();
  }
}

/** Fetches into a folder of its own and renames it into place: there is a whole Redis or none. */
async function fetchAndUnpack(cacheDir: string, env: LauncherEnv): Promise<RedisBinary | undefined> {
  const work = await mkdtemp(join(cacheDir, 'fetch-'));
  try {
    const root = join(work, 'root');
    await mkdir(root);
    const apt = await aptOptions(work);
    const options = { cwd: work, env: { ...env }, timeout: APT_TIMEOUT_MS };
    await execute('apt-get', [...apt, '--quiet', 'update'], options);
    const available = await availablePackages(apt, options);
    await execute('apt-get', [...apt, '--quiet', 'download', ...available], options);
    for (const file of (await readdir(work)).filter((name) => name.endsWith('.deb'))) {
      await execute('dpkg-deb', ['-x', join(work, file), root], options);
    }
    await rename(root, join(cacheDir, 'root'));
    return await unpackedRedis(cacheDir);
  } catch (error) {
    // No apt, no network, no such package: the next place is tried, and the last one names the ways out.
    await writeFile(join(cacheDir, 'last-error.txt'), String(error));
    return undefined;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** apt's state kept in the work folder, so that neither root nor the system's own lists are needed. */
async function aptOptions(work: string): Promise<string[]> {
  for (const folder of ['lists/partial', 'cache/archives/partial']) {
    await mkdir(join(work, folder), { recursive: true });
  }
  return [
    '-o',
    `Dir::State::lists=${work}/lists`,
    '-o',
    `Dir::Cache=${work}/cache`,
    // The download runs as us, not as apt's own user, who may not write here.
    '-o',
    'APT::Sandbox::User=',
    '-o',
    'Debug::NoLocking=1',
  ];
}

/** Libraries that a release does not have are not needed there. */
async function availablePackages(
  apt: readonly string[],
  options: { cwd: string; env: LauncherEnv; timeout: number },
): Promise<string[]> {
  const { stdout } = await execute('apt-cache', [...apt, '--no-all-versions', 'show', ...PACKAGES], {
    ...options,
    env: { ...options.env },
    maxBuffer: 16 * 1024 * 1024,
  }).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }));
  const found = new Set([...stdout.matchAll(/^Package: (\S+)$/gm)].map(([, name]) => name));
  return PACKAGES.filter((name) => found.has(name));
}

async function unpackedRedis(cacheDir: string): Promise<RedisBinary | undefined> {
  const usr = join(cacheDir, 'root/usr');
  const libraries = (await exists(join(usr, 'lib')))
    ? (await readdir(join(usr, 'lib'))).map((folder) => join(usr, 'lib', folder))
    : [];
  const env = { LD_LIBRARY_PATH: [...libraries, join(usr, 'lib')].join(':') };
  const command = join(usr, 'bin/redis-server');
  return (await isUsable(command, env)) ? { command, env, origin: 'debian-packages' } : undefined;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
