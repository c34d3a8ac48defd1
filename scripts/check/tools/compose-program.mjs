import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bringTools } from '../bring-tools.mjs';

/** Written in Python, with these libraries beyond what a Python on Debian 12 or 13 or Ubuntu has. */
const PACKAGES = [
  'docker-compose',
  'libyaml-0-2',
  'python3-attr',
  'python3-cached-property',
  'python3-certifi',
  'python3-chardet',
  'python3-charset-normalizer',
  'python3-distro',
  'python3-distutils',
  'python3-docker',
  'python3-dockerpty',
  'python3-docopt',
  'python3-dotenv',
  'python3-idna',
  'python3-jsonschema',
  'python3-pyrsistent',
  'python3-requests',
  'python3-six',
  'python3-texttable',
  'python3-urllib3',
  'python3-websocket',
  'python3-yaml',
];
const FETCH_MS = 120_000;

/**
 * How Compose is run here: `{ command, env }`, the first words of it and their environment. `ofPackage` asks for that
 * of the package, also where there is another. Throws an error that names the ways out where there is none.
 */
export async function composeProgram({ env = process.env, ofPackage = false } = {}) {
  const plugin = ['docker', 'compose'];
  if (!ofPackage && spawnSync(plugin[0], [plugin[1], 'version'], { env }).status === 0) {
    return { command: plugin, env };
  }
  const cacheDir = join(import.meta.dirname, '../../../.cache/tools/docker-compose');
  const brought = await bringTools({ 'docker-compose': PACKAGES }, { env, cacheDir, fetchMs: FETCH_MS });
  const problem = brought.missing['docker-compose'];
  if (problem === undefined) return { command: ['docker-compose'], env: brought.env };
  throw new Error(
    `Compose is needed and cannot be had: ${problem}. Install Docker with its compose plugin, or run this on Debian or ` +
      'Ubuntu with Python 3 and their package servers in reach',
  );
}
