import { readRepositoryFile } from '../repository';

interface LockedPackage {
  version: string;
  integrity?: string;
  license?: string;
  dev?: boolean;
  hasInstallScript?: boolean;
}

const manifest = JSON.parse(readRepositoryFile('package.json')) as {
  allowScripts: Record<string, boolean>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
};
const lock = JSON.parse(readRepositoryFile('package-lock.json')) as {
  packages: Record<string, LockedPackage>;
};
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Licences that ask for attribution at most. */
const ACCEPTED_LICENSES = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
  // Of Python, as permissive as the rest: js-yaml’s argparse was written after Python’s.
  'Python-2.0',
]);
/** Packages whose manifest predates the `license` field; their LICENSE file was read. */
const READ_BY_HAND: Readonly<Record<string, string>> = { busboy: 'MIT', streamsearch: 'MIT' };

describe('supply chain', () => {
  it('pins every package by a SHA-512 of its content', () => {
    const unpinned = packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
    expect(unpinned.map(([path]) => path)).toEqual([]);
  });

  it('names exact versions only', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    const named = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(named.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('decides for every package with an install script whether it may run', () => {
    const scripted = packages
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => nameOf(path));
    expect(scripted.filter((name) => !(name in manifest.allowScripts))).toEqual([]);
  });

  it('ships packages under permissive licences only', () => {
    const shipped = packages.filter(([, { dev }]) => dev !== true);
    const licenses = shipped.map(([path, { license }]) => [
      nameOf(path),
      license ?? READ_BY_HAND[nameOf(path)],
    ]);
    expect(
      licenses.filter(([, license]) => license === undefined || !ACCEPTED_LICENSES.has(license)),
    ).toEqual([]);
  });
});
