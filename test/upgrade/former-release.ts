import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../architecture/repository';

export interface FormerRelease {
  commit: string;
  /** A checkout of it, built. */
  root: string;
}

/** Without a tagged release, one that lies so many commits back: enough that the two differ in more than a few files. */
const COMMITS_BACK = 60;
/** `npm install` and a build, on a slow machine. */
const PATIENCE_MS = 280_000;

/**
 * Builds what is replaced in an upgrade: `LEADGEN_UPGRADE_FROM` (a commit or tag), else the newest tag `v…` before this
 * commit, else the commit 60 before it. It is built once, below `.cache/releases`.
 * Throws where the history does not reach so far back.
 */
export function buildFormerRelease(): FormerRelease {
  const commit = formerCommit();
  const root = join(REPOSITORY, '.cache/releases', commit);
  if (existsSync(join(root, 'dist/.built'))) return { commit, root };
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const archive = git(['archive', '--format=tar', commit], 'buffer');
  execFileSync('tar', ['-xf', '-', '-C', root], { input: archive });
  bringPackages(root);
  execFileSync(process.execPath, ['scripts/with-build.mjs'], { cwd: root, timeout: PATIENCE_MS });
  return { commit, root };
}

function formerCommit(): string {
  const named = process.env.LEADGEN_UPGRADE_FROM;
  const wanted = named ?? newestTag() ?? `HEAD~${COMMITS_BACK}`;
  try {
    return git(['rev-parse', '--verify', `${wanted}^{commit}`]);
  } catch (error) {
    throw new Error(
      `no commit ${wanted} to upgrade from: fetch the history (git fetch --unshallow), or name one in LEADGEN_UPGRADE_FROM`,
      { cause: error },
    );
  }
}

function newestTag(): string | undefined {
  const tags = git([
    'tag',
    '--list',
    'v*',
    '--merged',
    'HEAD',
    '--no-contains',
    'HEAD',
    '--sort=-creatordate',
  ]);
  return tags.split('\n')[0] || undefined;
}

/** Ours, where it asks for the same; else its own. */
function bringPackages(root: string): void {
  const lock = 'package-lock.json';
  const same =
    readFileSync(join(root, lock), 'utf8') === readFileSync(join(REPOSITORY, lock), 'utf8') &&
    existsSync(join(REPOSITORY, 'node_modules'));
  if (same) {
    symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
    return;
  }
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: root,
    timeout: PATIENCE_MS,
  });
}

function git(words: readonly string[]): string;
function git(words: readonly string[], as: 'buffer'): Buffer;
function git(words: readonly string[], as: 'buffer' | 'utf8' = 'utf8'): string | Buffer {
  const output = execFileSync('git', words, {
    cwd: REPOSITORY,
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return as === 'buffer' ? output : output.toString().trim();
}
