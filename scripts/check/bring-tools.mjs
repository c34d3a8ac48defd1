import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import lockfile from 'proper-lockfile';

const execute = promisify(execFile);

const FETCH_MS = 60_000;
const LOOK_AGAIN_MS = 250;
/** A server that has sent nothing for so long is given up. */
const SILENCE_S = 15;

/**
 * Brings programs that are not npm packages: from PATH, else from the distribution's packages, fetched and unpacked below
 * `cacheDir` without root and without installing, as the embedded Redis is. `tools` maps a program to its packages. Two
 * callers at once fetch once; `fetchMs` bounds it. Answers `{ env, missing }`: the environment the programs run in, and why
 * which of them cannot be had.
 */
export async function bringTools(tools, { env, cacheDir, fetchMs = FETCH_MS }) {
  const names = Object.keys(tools);
  if ((await absent(names, env)).length === 0) return { env, missing: {} };
  const root = join(cacheDir, 'root');
  let problem = 'its package does not run here';
  if ((await absent(names, environmentOf(root, env))).length > 0) {
    problem = await fetchOnce(tools, { env, cacheDir, root, fetchMs }).catch(({ message }) => message);
  }
  const unpacked = environmentOf(root, env);
  const missing = (await absent(names, unpacked)).map((name) => [name, problem]);
  return { env: unpacked, missing: Object.fromEntries(missing) };
}

async function absent(names, env) {
  const found = await Promise.all(names.map((name) => runs(name, env)));
  return names.filter((_name, i) => !found[i]);
}

async function fetchOnce(tools, { env, cacheDir, root, fetchMs }) {
  if (!existsSync('/etc/debian_version')) return 'it is not on PATH, and this is not Debian or Ubuntu';
  mkdirSync(cacheDir, { recursive: true });
  const release = await lockfile.lock(cacheDir, {
    lockfilePath: join(cacheDir, 'fetch.lock'),
    retries: { retries: fetchMs / LOOK_AGAIN_MS, minTimeout: LOOK_AGAIN_MS, maxTimeout: LOOK_AGAIN_MS },
  });
  try {
    const still = await absent(Object.keys(tools), environmentOf(root, env));
    if (still.length > 0) await fetchPackages(Object.values(tools).flat(), { env, cacheDir, root, fetchMs });
    return 'its package does not run here';
  } finally {
    await release();
  }
}

async function runs(tool, env) {
  return execute(tool, ['--version'], { env, timeout: 10_000, killSignal: 'SIGKILL' }).then(
    () => true,
    () => false,
  );
}

/** PATH, libraries, Lua and Python modules of a folder with unpacked packages. */
function environmentOf(root, env) {
  const usr = join(root, 'usr');
  // Some packages still have their libraries in /lib, which on the system is the same folder.
  const libraries = ['usr/lib', 'lib']
    .map((folder) => join(root, folder))
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder).map((triplet) => join(folder, triplet)))
    // systemd keeps those of its own in a folder there.
    .flatMap((folder) => [folder, join(folder, 'systemd')]);
  const lua = join(usr, 'share/lua/5.1');
  return {
    ...env,
    PATH: [env.PATH, join(usr, 'bin')].join(delimiter),
    LD_LIBRARY_PATH: libraries.join(':'),
    // The closing ;; stands for Lua's own path.
    LUA_PATH: `${lua}/?.lua;${lua}/?/init.lua;;`,
    LUA_CPATH: `${libraries.map((folder) => `${folder}/lua/5.1/?.so`).join(';')};;`,
    PYTHONPATH: join(usr, 'lib/python3/dist-packages'),
  };
}

/** Fetches into a folder of its own and renames it into place: there is a whole tool or none. */
async function fetchPackages(packages, { env, cacheDir, root, fetchMs }) {
  rmSync(root, { recursive: true, force: true });
  const work = mkdtempSync(join(cacheDir, 'fetch-'));
  const signal = AbortSignal.timeout(fetchMs);
  const run = (program, ...args) =>
    execute(program, args, {
      cwd: work,
      env: { ...env, LC_ALL: 'C' },
      signal,
      killSignal: 'SIGKILL',
      maxBuffer: 16 * 1024 * 1024,
    });
  try {
    const apt = aptOptions(work);
    // One broken source among several fails the update; what is needed may still be in the others.
    await run('apt-get', ...apt, 'update').catch(() => undefined);
    const show = ['--no-all-versions', 'show', ...packages];
    // It ends with an error if it does not know one of them, and shows the others all the same.
    const { stdout = '' } = await run('apt-cache', ...apt, ...show).catch((error) => error);
    // A library that this release does not have is not needed here.
    const known = packages.filter((name) => stdout.split('\n').includes(`Package: ${name}`));
    await run('apt-get', ...apt, 'download', ...known);
    const unpacked = join(work, 'root');
    mkdirSync(unpacked);
    for (const file of readdirSync(work).filter((name) => name.endsWith('.deb'))) {
      await run('dpkg-deb', '-x', join(work, file), unpacked);
    }
    renameSync(unpacked, root);
  } catch (error) {
    if (signal.aborted) throw new Error(`not fetched in ${fetchMs / 1000} s`, { cause: error });
    throw error;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function aptOptions(work) {
  for (const folder of ['lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(work, folder), { recursive: true });
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
