import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What is told where nobody has said which release it is: an app that was bundled without a manifest. */
const UNKNOWN = '0.0.0-unknown';

/** The version in the nearest package.json above `folder`. */
export function releaseVersion(folder = __dirname): string {
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest)) {
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version?: unknown };
    if (typeof version === 'string') return version;
  }
  const parent = dirname(folder);
  return parent === folder ? UNKNOWN : releaseVersion(parent);
}
