import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

/** A module of the build, by its path in the sources without extension: what is generated follows what runs. */
export function built(path) {
  return require(join(import.meta.dirname, '../../dist', `${path}.js`));
}
