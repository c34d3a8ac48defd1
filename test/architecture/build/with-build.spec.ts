import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
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

const VENDORS = 'libs/vendors/src';
const SIMULATED = 'apps/vendor-sim/src/vendors';
let root: string;

/**
 * A repository of one source, whose compiler copies it, notes that it was called, and fails when told to; the folders of its
 * vendors are listed as ours are.
 */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'with-build-'));
  mkdirSync(join(root, 'scripts'));
  mkdirSync(join(root, 'libs'));
  for (const name of ['with-build.mjs', 'generate-vendor-lists.mjs', 'generated']) {
    cpSync(join(REPOSITORY, 'scripts', name), join(root, 'scripts', name), { recursive: true });
  }
  cpSync(join(REPOSITORY, '.prettierrc.json'), join(root, '.prettierrc.json'));
  mkdirSync(join(root, VENDORS, 'registry'), { recursive: true });
  mkdirSync(join(root, SIMULATED), { recursive: true });
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

  it('finds a new vendor by its folder, and lets go of one whose folder is gone', async () => {
    const vendor = (id: string): void => {
      mkdirSync(join(root, VENDORS, id));
      writeFileSync(join(root, VENDORS, id, `${id}.adapter.ts`), '');
    };
    const listed = (): string => readFileSync(join(root, VENDORS, 'registry/vendor-list.ts'), 'utf8');
    mkdirSync(join(root, VENDORS, 'http'));
    vendor('acme');
    mkdirSync(join(root, SIMULATED, 'acme'));
    writeFileSync(join(root, SIMULATED, 'acme/acme.ts'), '');
    expect(await withBuild()).toBe(0);
    expect(listed()).toContain("import { acmeVendor } from '../acme/acme.adapter';");
    expect(listed()).toContain('VENDORS: readonly Vendor[] = [acmeVendor];');
    expect(readFileSync(join(root, SIMULATED, 'vendor-list.ts'), 'utf8')).toContain('= [acme];');

    vendor('globex');
    rmSync(join(root, VENDORS, 'acme'), { recursive: true });
    expect(await withBuild()).toBe(0);
    expect(listed()).toContain('= [globexVendor];');
    expect(listed()).not.toContain('acme');
    expect(builds()).toBe(2);
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
