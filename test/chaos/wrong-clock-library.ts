import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const CACHE_DIR = join(ROOT, '.cache/faketime');
const LIBRARY = 'faketime/libfaketime.so.1';
const FETCH_MS = 90_000;

/** Where the library is that shows a process another time, or why it cannot be had: brought as the linters are. */
export function bringWrongClock(): { preload: string } | { missing: string } {
  const code = `
    import { bringTools } from './bring-tools.mjs';
    const tools = { faketime: ['faketime', 'libfaketime'] };
    const { missing } = await bringTools(tools, { env: process.env, cacheDir: ${JSON.stringify(CACHE_DIR)} });
    console.log(missing.faketime ?? '');`;
  const brought = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: join(ROOT, 'scripts/check'),
    encoding: 'utf8',
    timeout: FETCH_MS,
  });
  const preload = [join(CACHE_DIR, 'root'), '/']
    .map((root) => join(root, 'usr/lib'))
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder).map((triplet) => join(folder, triplet, LIBRARY)))
    .find(existsSync);
  if (preload !== undefined) return { preload };
  return { missing: brought.stdout.trim() || brought.stderr.trim() || 'libfaketime was not found' };
}

/** Settings under which a process believes that it is so much later or earlier, e.g. `-1h`. Its timers stay right. */
export function wrongClock(preload: string, offset: string): Record<string, string> {
  return { LD_PRELOAD: preload, FAKETIME: offset, FAKETIME_DONT_FAKE_MONOTONIC: '1', NO_FAKE_STAT: '1' };
}
