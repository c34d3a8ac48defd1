import { cpSync, globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { STATIC_PACKAGES } from './bundle-apps.mjs';

/** What of these packages is served: not their maps, types and other builds. */
const SERVED = {
  '@bull-board/ui': ['package.json', 'dist'],
  'swagger-ui-dist': [
    'absolute-path.js',
    'favicon-16x16.png',
    'favicon-32x32.png',
    'index.css',
    'LICENSE',
    'package.json',
    'swagger-ui-bundle.js',
    'swagger-ui-standalone-preset.js',
    'swagger-ui.css',
  ],
};

/** Copies what the bundles read: Lua, static files, samples. Answers the packages it copied, as folders seen from the root. */
export function writeRuntimeFiles({ root, out }) {
  const copy = (path) => cpSync(join(root, path), join(out, path), { recursive: true });
  const scripts = globSync('dist/libs/*/src/**/*.lua', { cwd: root }).filter(
    (path) => !path.startsWith('dist/libs/testing/'),
  );
  if (scripts.length === 0) throw new Error('dist has no Lua: npm run build');
  scripts.forEach(copy);
  for (const name of readdirSync(join(root, 'samples')).filter((file) => !file.endsWith('.md'))) {
    copy(`samples/${name}`);
  }
  for (const name of readdirSync(join(root, 'ops/image'))) {
    cpSync(join(root, 'ops/image', name), join(out, name));
  }
  writeManifest(root, out);
  return STATIC_PACKAGES.map((name) => copyPackage({ root, out, name }));
}

/** Whoever asks for our version reads it here. */
function writeManifest(root, out) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(out, 'package.json'), `${JSON.stringify({ name, version, license })}\n`);
}

function copyPackage({ root, out, name }) {
  const folder = dirname(createRequire(join(root, 'package.json')).resolve(`${name}/package.json`));
  for (const file of SERVED[name]) {
    cpSync(join(folder, file), join(out, 'node_modules', name, file), {
      recursive: true,
      filter: (source) => !source.endsWith('.map'),
    });
  }
  return relative(root, folder);
}
