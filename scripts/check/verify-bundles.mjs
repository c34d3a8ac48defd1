// Bundles the apps as an image gets them, away from node_modules, and looks at what came of it: every app starts as far as
// its settings, nothing in them is TypeScript, a test or a failpoint. That they also work is tried by test/images, in the
// full check.
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
/** A wrong setting is the first thing that a process finds once it and all it needs is loaded. */
const WRONG = { LEADGEN_LOG_LEVEL: 'loud' };
const CONFIG_EXIT = 78;
const BOOT_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'leadgen-bundles-'));
try {
  execFileSync(process.execPath, [join(root, 'scripts/bundle.mjs'), folder], { stdio: 'inherit' });
  const problems = [...unwantedFiles(), ...failpoints(), ...badStarts()];
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function unwantedFiles() {
  return globSync('**/*.{ts,tsx,mts,cts,spec.js,node}', { cwd: folder }).map(
    (file) => `${file} is in the bundle`,
  );
}

function failpoints() {
  const armed = globSync('dist/**/*.js', { cwd: folder }).filter((file) =>
    readFileSync(join(folder, file), 'utf8').includes('LEADGEN_FAILPOINT'),
  );
  return armed.map((file) => `${file} reads LEADGEN_FAILPOINT`);
}

function badStarts() {
  const apps = globSync('dist/apps/*', { cwd: folder }).map((path) => path.replace('dist/apps/', ''));
  return apps.flatMap((app) => {
    const isCli = app === 'cli';
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(folder, 'start.cjs'), app, ...(isCli ? ['--version'] : [])],
      { cwd: folder, env: { PATH: process.env.PATH, ...WRONG }, encoding: 'utf8', timeout: BOOT_MS },
    );
    const wanted = isCli ? 0 : CONFIG_EXIT;
    return status === wanted ? [] : [`${app} ended with ${status}, not ${wanted}: ${stderr.slice(0, 2_000)}`];
  });
}
