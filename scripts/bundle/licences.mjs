import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/**
 * Writes `third-party-licences.txt`: name, version, licence and licence text of every package that went into the bundles,
 * as most licences ask of whoever passes a package on. Throws for a package that names no licence. `packages` are folders,
 * seen from the root.
 */
export function writeLicences({ root, out, packages }) {
  const entries = packages.map((folder) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const texts = readdirSync(join(root, folder))
      .filter((file) => LICENCE_FILE.test(file))
      .map((file) => readFileSync(join(root, folder, file), 'utf8').trim());
    return [`${manifest.name} ${manifest.version} (${licenceOf(manifest)})`, ...texts].join('\n\n');
  });
  writeFileSync(join(out, 'third-party-licences.txt'), `${entries.join(`\n\n${'─'.repeat(80)}\n\n`)}\n`);
}

/** Older packages list theirs as objects. */
function licenceOf({ name, license, licenses = [] }) {
  const licence = license ?? licenses.map(({ type }) => type).join(' OR ');
  if (!licence) throw new Error(`${name} names no licence in its package.json`);
  return licence;
}
