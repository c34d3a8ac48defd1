import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../../package.json';
import { loadSettings } from './load-settings';
import { releaseVersion } from './release-version';

describe('the release that a process tells', () => {
  it('is that of the manifest above it, unless the environment names one', () => {
    expect(loadSettings({}).version).toBe(manifest.version);
    expect(loadSettings({ LEADGEN_VERSION: '2.3.4-rc.1' }).version).toBe('2.3.4-rc.1');
    expect(() => loadSettings({ LEADGEN_VERSION: 'a"b' })).toThrow(/LEADGEN_VERSION/);
  });

  it('is found past a manifest that has none, as compiled folders may have one', async () => {
    const root = await mkdtemp(join(tmpdir(), 'leadgen-version-'));
    try {
      await mkdir(join(root, 'dist/libs'), { recursive: true });
      await writeFile(join(root, 'package.json'), '{"version":"9.8.7"}');
      await writeFile(join(root, 'dist/package.json'), '{"type":"commonjs"}');
      expect(releaseVersion(join(root, 'dist/libs'))).toBe('9.8.7');
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });
});
