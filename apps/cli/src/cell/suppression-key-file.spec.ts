import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings } from '#libs/config';
import { suppressionKeyFile } from './suppression-key-file';

describe('the key of an embedded cell’s suppression lists', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadgen-key-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made once, for its owner’s eyes alone, and is one that the processes take', async () => {
    const file = await suppressionKeyFile(folder);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = await readFile(file, 'utf8');
    expect(await suppressionKeyFile(folder)).toBe(file);
    expect(await readFile(file, 'utf8')).toBe(text);
    expect(loadSettings({ LEADGEN_SUPPRESSION_KEY_FILE: file }).suppression.key).toBe(text.trim());
  });

  it.each(['secret', 'A'.repeat(43) + '=', 'not base64 at all'])(
    'is refused if it is weak, unseen: %s',
    (key) => {
      const load = (): unknown => loadSettings({ LEADGEN_SUPPRESSION_KEY: key });
      expect(load).toThrow(/LEADGEN_SUPPRESSION_KEY=\[redacted\].*openssl rand -base64 32/s);
      expect(load).not.toThrow(new RegExp(key));
    },
  );
});
