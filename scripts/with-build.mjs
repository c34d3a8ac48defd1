// Builds dist/ if it is missing or older than what it is made from. Several callers at once build once.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import lockfile from 'proper-lockfile';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const stamp = join(dist, '.built');
const cache = join(root, '.cache');
/** The last good build, until there is another. */
const lastGood = join(cache, 'last-good-dist');
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

async function build() {
  const started = performance.now();
  putAside();
  const { code, output } = await compile();
  if (code !== 0) {
    bringBack();
    process.stderr.write(output);
    return code;
  }
  mkdirSync(dist, { recursive: true });
  writeFileSync(stamp, new Date().toISOString());
  rmSync(lastGood, { recursive: true, force: true });
  process.stderr.write(`built in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  return 0;
}

/** What was built from a source that is gone must not be found: every build starts from nothing. */
function putAside() {
  if (existsSync(stamp)) {
    rmSync(lastGood, { recursive: true, force: true });
    renameSync(dist, lastGood);
  }
  rmSync(dist, { recursive: true, force: true });
}

/** Processes that run from it go on, and can be started again, while somebody mends the sources. */
function bringBack() {
  rmSync(dist, { recursive: true, force: true });
  if (existsSync(lastGood)) renameSync(lastGood, dist);
}

/** Two lists of folders are written into the sources, then all of them are compiled. */
async function compile() {
  const listed = await run(process.execPath, ['scripts/generate-vendor-lists.mjs']);
  return listed.code === 0 ? run('npm', ['run', '--silent', 'compile']) : listed;
}

/** Not a synchronous call: the lock below is kept alive by a timer, and a build may outlast it. */
async function run(command, args) {
  const path = [join(root, 'node_modules/.bin'), dirname(process.execPath), process.env.PATH].join(delimiter);
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  const [code] = await once(child, 'close');
  return { code: code ?? 1, output: Buffer.concat(chunks).toString() };
}

if (isStale()) {
  mkdirSync(cache, { recursive: true });
  const release = await lockfile.lock(cache, {
    lockfilePath: join(cache, 'build.lock'),
    stale: 60_000,
    retries: { retries: 600, minTimeout: 200, maxTimeout: 200 },
  });
  let code = 0;
  try {
    if (isStale()) code = await build();
  } finally {
    await release();
  }
  if (code !== 0) process.exit(code);
}
