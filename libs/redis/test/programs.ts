import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A shell script that can be run as `name` from `folder`. */
export function writeProgram(folder: string, name: string, lines: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Fills a folder, for use as PATH, with everything this machine has, but no Redis. */
export function linkAllButRedis(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const linked = new Set<string>();
  for (const from of ['/usr/bin', '/bin', '/usr/sbin', '/sbin']) {
    for (const name of readdirSync(from)) {
      if (linked.has(name) || /redis|valkey/.test(name)) continue;
      linked.add(name);
      symlinkSync(join(from, name), join(folder, name));
    }
  }
}
