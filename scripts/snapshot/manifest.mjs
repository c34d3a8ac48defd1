import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from './end.mjs';

export const FORMAT = 1;
export const MANIFEST = 'manifest.json';
export const SNAPSHOT = 'redis.rdb';
export const OBJECTS = 'objects';

/** Without these what is restored cannot be read: they are in no backup. */
const SECRETS = {
  LEADGEN_SUPPRESSION_KEY: 'the key of the suppression lists: without it nobody on them is found',
  LEADGEN_SEALING_KEY:
    'the keys that open what tenants handed over as secrets (own vendor keys, webhook secrets)',
};

/** What a backup says of itself. Throws a refusal unless it is one that was finished, of a form that is known here. */
export function readManifest(folder) {
  const file = join(folder, MANIFEST);
  if (!existsSync(file)) refuse(2, `${folder} is no finished backup: it has no ${MANIFEST}`);
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  if (manifest.format !== FORMAT) {
    refuse(
      2,
      `${folder} is a backup of format ${manifest.format}, and this release reads ${FORMAT}: take the release ${manifest.release}`,
    );
  }
  return manifest;
}

export async function sha256(file) {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece);
  return hash.digest('hex');
}

/** A setting, or what the file holds that <NAME>_FILE names; undefined: neither. */
export function setting(name) {
  const value = process.env[name];
  if (value) return value.trim();
  const file = process.env[`${name}_FILE`];
  return file ? readFileSync(file, 'utf8').trim() : undefined;
}

/** By which a key is known again; 256 random bits cannot be found from it. Null: it is not set here. */
export function fingerprints() {
  return Object.fromEntries(
    Object.keys(SECRETS).map((name) => {
      const key = setting(name);
      return [name, key === undefined ? null : createHash('sha256').update(key).digest('hex').slice(0, 16)];
    }),
  );
}

/** Refuses another key than the cell had; answers a line for each that is needed and not set here. */
export function secretsNeeded(manifest) {
  const here = fingerprints();
  return Object.entries(manifest.secrets).flatMap(([name, known]) => {
    if (known === null) return [];
    if (here[name] !== null && here[name] !== known) {
      refuse(2, `${name} is another key than this cell had: ${SECRETS[name]}`);
    }
    return here[name] === null ? [`${name}: ${SECRETS[name]}`] : [];
  });
}
