import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRepositoryFile, REPOSITORY } from '../repository';

let root: string;

/** A repository of one source, whose compiler copies it, notes that it was called, and fails when told to. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'with-build-'));
  mkdirSync(join(root, 'scripts'));
  mkdirSync(join(root, 'libs'));
  copyFileSync(join(REPOSITORY, 'scripts/with-build.mjs'), join(root, 'scripts/with-build.mjs'));
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  const compile = 'echo compiled >> calls && mkdir dist && cp libs/source dist/built && test ! -e broken';
  writeFileSync(join(root, 'package.json'), JSON.stringify({ scripts: { compile, build: compile } }));
  writeFileSync(join(root, 'libs/source'), 'one');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

async function withBuild(): Promise<number> {
  const child = spawn(process.execPath, [join(root, 'scripts/with-build.mjs')], { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number];
  return code;
}

const built = (): string => readFileSync(join(root, 'dist/built'), 'utf8');
const builds = (): number => readFileSync(join(root, 'calls'), 'utf8').trim().split('\n').length;

describe('the build', () => {
  it('happens once for several callers at a time, and not again while nothing changes', async () => {
    expect(await Promise.all([withBuild(), withBuild(), withBuild()])).toEqual([0, 0, 0]);
    expect(await withBuild()).toBe(0);
    expect(builds()).toBe(1);
  });

  it('that fails leaves the last good one where it was, and is tried again by the next caller', async () => {
    await withBuild();
    writeFileSync(join(root, 'libs/source'), 'two');
    writeFileSync(join(root, 'broken'), '');
    expect(await withBuild()).not.toBe(0);
    expect(built()).toBe('one');
    rmSync(join(root, 'broken'));
    expect(await withBuild()).toBe(0);
    expect(built()).toBe('two');
  });

  it('that fails first leaves nothing that could be taken for one', async () => {
    writeFileSync(join(root, 'broken'), '');
    expect(await withBuild()).not.toBe(0);
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });

  it('by `npm run build` is the one bin/leadgen looks for: it does not build again under running workers', () => {
    const { scripts } = JSON.parse(readRepositoryFile('package.json')) as { scripts: Record<string, string> };
    expect(scripts.build).toBe('node scripts/with-build.mjs');
    expect(readRepositoryFile('bin/leadgen')).toContain('dist/.built');
    expect(readRepositoryFile('scripts/with-build.mjs')).toContain("'.built'");
  });
});
