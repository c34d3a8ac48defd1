import { execFile, type ExecFileOptions } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lock } from 'proper-lockfile';
import { errorCode, toError } from '#libs/kernel';
import { faultOf, isExecutable, type LauncherEnv, type PassedOver, type RedisBinary } from './redis-binary';

const execute = promisify(execFile);

/**
 * redis-server is a link into redis-tools; the others are the libraries it is linked against in Debian 12 and 13 and
 * Ubuntu 24.04. A release has only some of them.
 */
const PACKAGES = [
  'redis-server',
  'redis-tools',
  'liblzf1',
  'libjemalloc2',
  'libatomic1',
  'libssl3',
  'libssl3t64',
  'libsystemd0',
  'liblua5.1-0',
  'lua-bitop',
  'lua-cjson',
];

/** A server that has sent nothing for so long is given up; apt waits 30 s, four times, by itself. */
const SILENCE_S = 15;
const LOOK_AGAIN_MS = 250;

interface FetchOptions {
  /** Packages are unpacked here and kept. */
  cacheDir: string;
  env: LauncherEnv;
  fetchMs: number;
  signal: AbortSignal | undefined;
  passedOver: PassedOver;
}

/**
 * The distribution's own Redis, unpacked below `cacheDir` and kept there: nothing is installed, no root is needed, and
 * the system's own package lists are neither read nor changed. Undefined where there is no apt, or apt cannot fetch it
 * in `fetchMs`. Several processes may ask at once; one fetches, the others wait for it.
 */
export async function redisFromDebianPackages(options: FetchOptions): Promise<RedisBinary | undefined> {
  const { cacheDir, fetchMs, signal, passedOver } = options;
  const known = await unpackedRedis(cacheDir);
  if (known) return known;
  if (!(await exists('/etc/debian_version'))) return undefined;
  const enough = AbortSignal.any([AbortSignal.timeout(fetchMs), ...(signal ? [signal] : [])]);
  try {
    await mkdir(cacheDir, { recursive: true });
    const release = await lock(cacheDir, {
      lockfilePath: join(cacheDir, 'fetch.lock'),
      retries: {
        retries: Math.ceil(fetchMs / LOOK_AGAIN_MS),
        minTimeout: LOOK_AGAIN_MS,
        maxTimeout: LOOK_AGAIN_MS,
      },
      // Whoever else fetches meanwhile also renames a whole Redis into place.
      onCompromised: () => undefined,
    });
    try {
      return (await unpackedRedis(cacheDir)) ?? (await fetchAndUnpack(options, enough));
    } finally {
      await release();
    }
  } catch (error) {
    // No apt, no network, no such package: the next place is tried, and the last one names the ways out.
    passedOver(`the distribution's packages: ${fetchProblem(error, enough, fetchMs)}`);
    return undefined;
  }
}

/** Fetches into a folder of its own and renames it into place: there is a whole Redis or none. */
async function fetchAndUnpack(
  { cacheDir, env, passedOver }: FetchOptions,
  enough: AbortSignal,
): Promise<RedisBinary | undefined> {
  await removeRemains(cacheDir);
  const work = await mkdtemp(join(cacheDir, 'fetch-'));
  try {
    const options = {
      cwd: work,
      env: { ...env, LC_ALL: 'C' },
      signal: enough,
      killSignal: 'SIGKILL' as const,
    };
    const apt = await aptOptions(work);
    // One broken source among several fails the update; what is needed may still be in the others.
    const update = await execute('apt-get', [...apt, 'update'], options).catch((error: unknown) =>
      toError(error),
    );
    const available = await availablePackages(apt, options);
    if (!available.includes('redis-tools')) {
      throw update instanceof Error ? update : new Error('there is none for this release');
    }
    await execute('apt-get', [...apt, 'download', ...available], options);
    const root = join(work, 'root');
    await mkdir(root);
    for (const file of (await readdir(work)).filter((name) => name.endsWith('.deb'))) {
      await execute('dpkg-deb', ['-x', join(work, file), root], options);
    }
    await rename(root, join(cacheDir, 'root'));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return unpackedRedis(cacheDir, passedOver);
}

/** What a fetch left behind that was killed, and a Redis that is not whole. Only for the holder of the lock. */
async function removeRemains(cacheDir: string): Promise<void> {
  const remains = (await readdir(cacheDir)).filter((name) => name === 'root' || name.startsWith('fetch-'));
  for (const name of remains) await rm(join(cacheDir, name), { recursive: true, force: true });
}

/** apt's state kept in the work folder, so that neither root nor the system's own lists are needed. */
async function aptOptions(work: string): Promise<string[]> {
  for (const folder of ['lists/partial', 'cache/archives/partial']) {
    await mkdir(join(work, folder), { recursive: true });
  }
  const settings = [
    `Dir::State::lists=${work}/lists`,
    `Dir::Cache=${work}/cache`,
    // The download runs as us, not as apt's own user, who may not write here.
    'APT::Sandbox::User=',
    'Debug::NoLocking=1',
    'Acquire::Languages=none',
    'Acquire::Retries=1',
    `Acquire::http::Timeout=${SILENCE_S}`,
    `Acquire::https::Timeout=${SILENCE_S}`,
  ];
  return ['--quiet', ...settings.flatMap((setting) => ['-o', setting])];
}

/** Libraries that a release does not have are not needed there. */
async function availablePackages(apt: readonly string[], options: ExecFileOptions): Promise<string[]> {
  const { stdout } = await execute('apt-cache', [...apt, '--no-all-versions', 'show', ...PACKAGES], {
    ...options,
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  }).catch((error: unknown) => {
    // Exit code 100 says that one name is unknown here; the rest is on stdout all the same.
    if (error instanceof Error && 'stdout' in error && errorCode(error) === undefined) return error;
    throw error;
  });
  const found = new Set([...String(stdout).matchAll(/^Package: (\S+)$/gm)].map(([, name]) => name));
  return PACKAGES.filter((name) => found.has(name));
}

async function unpackedRedis(
  cacheDir: string,
  passedOver: PassedOver = () => undefined,
): Promise<RedisBinary | undefined> {
  const root = join(cacheDir, 'root');
  const command = join(root, 'usr/bin/redis-server');
  if (!(await isExecutable(command))) return undefined;
  const env = { LD_LIBRARY_PATH: (await libraryFolders(root)).join(':') };
  const fault = await faultOf(command, env);
  if (fault === undefined) return { command, env, origin: 'debian-packages' };
  passedOver(fault);
  return undefined;
}

/** Some packages still have their libraries in /lib, which on the system is the same folder as /usr/lib. */
async function libraryFolders(root: string): Promise<string[]> {
  const parents = ['usr/lib', 'lib'].map((folder) => join(root, folder));
  const found = await Promise.all(
    parents.map(async (parent) =>
      (await readdir(parent).catch(() => [])).map((folder) => join(parent, folder)),
    ),
  );
  return [...found.flat(), ...parents];
}

function fetchProblem(error: unknown, enough: AbortSignal, fetchMs: number): string {
  if (enough.aborted) return `not fetched in ${fetchMs / 1000} s`;
  if (errorCode(error) === 'ENOENT') return `there is no ${(error as NodeJS.ErrnoException).path ?? 'apt'}`;
  // "Command failed: <all of it>", then what the command said.
  const [failed = '', ...said] = toError(error).message.trim().split('\n');
  return (said.find((line) => line.startsWith('E: ')) ?? said.at(-1) ?? failed).slice(0, 300);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
