// Builds dist/ if it is missing or older than what it is made from. Several callers at once build once.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import lockfile from 'proper-lockfile';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const stamp = join(dist, '.built');
const INPUTS = ['apps', 'libs', 'bench', 'nest-cli.json', 'tsconfig.json', '.swcrc', 'package-lock.json'];

const modifiedMs = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** The newest change below a path; a folder counts too, since removing a file changes only its folder. */
function newestMs(path) {
  const own = statSync(path, { throwIfNoEntry: false });
  if (!own) return 0;
  if (!own.isDirectory()) return own.mtimeMs;
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestMs(join(path, name))),
    own.mtimeMs,
  );
}

const isStale = () => modifiedMs(stamp) <= Math.max(...INPUTS.map((input) => newestMs(join(root, input))));

function build() {
  const started = Date.now();
  // What was built from a source that is gone must not be found.
  rmSync(dist, { recursive: true, force: true });
  const path = [join(root, 'node_modules/.bin'), dirname(process.execPath), process.env.PATH].join(delimiter);
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  });
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}`);
    process.exit(status ?? 1);
  }
  mkdirSync(dist, { recursive: true });
  writeFileSync(stamp, new Date().toISOString());
  process.stderr.write(`built in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

if (isStale()) {
  const cache = join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  const release = await lockfile.lock(cache, {
    lockfilePath: join(cache, 'build.lock'),
    stale: 60_000,
    retries: { retries: 600, minTimeout: 200, maxTimeout: 200 },
  });
  try {
    if (isStale()) build();
  } finally {
    await release();
  }
}
