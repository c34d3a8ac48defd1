// Writes what an image holds of us into a folder: every app as one file of JavaScript, with the files it reads at run time.
// No TypeScript, no npm, no package but the static files of two. Arguments: the folder (default: .cache/bundle).
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundleApps } from './bundle/bundle-apps.mjs';
import { writeLicences } from './bundle/licences.mjs';
import { writeRuntimeFiles } from './bundle/runtime-files.mjs';

/** Every process there is; the console is served by the API. */
const APPS = ['api', 'normalize', 'enrich', 'export', 'cli', 'vendor-sim'];

const root = join(import.meta.dirname, '..');
const out = resolve(process.argv[2] ?? join(root, '.cache/bundle'));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const { bytes, packages } = await bundleApps({ root, out, apps: APPS });
const copied = writeRuntimeFiles({ root, out });
writeLicences({ root, out, packages: [...packages, ...copied].sort() });
cpSync(join(root, 'LICENSE'), join(out, 'LICENSE'));

for (const app of APPS) console.log(`${app.padEnd(10)} ${(bytes[app] / 1e6).toFixed(1)} MB`);
console.log(`${packages.length} packages in them, ${copied.length} beside them; in ${out}`);
