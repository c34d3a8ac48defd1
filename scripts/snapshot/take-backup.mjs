/**
 * A backup of a cell that goes on working meanwhile:
 *   <to>/<cell>-<UTC>/{manifest.json, redis.rdb, objects/}
 *
 * Redis first, by the snapshot that it makes for a replica (redis-cli --rdb): its content at one instant, whatever is written
 * meanwhile. Then the objects. In this order each object that Redis knows is in the backup: an object is written before its
 * mention. What an erasure or an expiry removes in between is not in it, as it should be.
 */
import {
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  closeSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { constants, copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { refuse, run } from './end.mjs';
import { fingerprints, FORMAT, MANIFEST, OBJECTS, setting, sha256, SNAPSHOT } from './manifest.mjs';
import { askRedis, redisCli } from './redis-tools.mjs';

const USAGE = 'usage: REDIS_URL=redis://… scripts/backup --to DIR [--objects DIR]';
/** What is not an object yet. */
const PART = '.part.tmp';

await run('backup', async () => {
  const { to, objects } = options();
  const began = performance.now();
  const url = setting('REDIS_URL') ?? refuse(2, `REDIS_URL is not set. ${USAGE}`);
  const cell = process.env.LEADGEN_CELL || 'main';
  const cli = redisCli(url);
  const info = await askRedis(cli, 'INFO', 'server');
  const version = /^redis_version:(\S+)/m.exec(info)?.[1] ?? refuse(69, 'Redis does not say its version');
  const takenAt = new Date().toISOString();
  const folder = join(to, `${cell}-${takenAt.replace(/[-:]|\.\d+/g, '')}`);
  const draft = `${folder}.part`;
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  try {
    await askRedis(cli, '--rdb', join(draft, SNAPSHOT));
    requireSnapshot(join(draft, SNAPSHOT));
    const copied = await copyObjects(objects, join(draft, OBJECTS));
    const manifest = {
      format: FORMAT,
      taken_at: takenAt,
      cell,
      release: JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version,
      redis_version: version,
      redis_bytes: statSync(join(draft, SNAPSHOT)).size,
      redis_sha256: await sha256(join(draft, SNAPSHOT)),
      objects: copied.count,
      objects_bytes: copied.bytes,
      secrets: fingerprints(),
    };
    writeFileSync(join(draft, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, {
      mode: 0o600,
      flush: true,
    });
    renameSync(draft, folder);
    return { backup: folder, ...manifest, took_ms: Math.round(performance.now() - began) };
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
});

function options() {
  let values;
  try {
    ({ values } = parseArgs({ options: { to: { type: 'string' }, objects: { type: 'string' } } }));
  } catch (error) {
    refuse(2, `${error.message}. ${USAGE}`);
  }
  const dataDir = process.env.LEADGEN_DATA_DIR || '.leadgen';
  const objects = values.objects ?? (process.env.LEADGEN_STORAGE_DIR || join(dataDir, 'objects'));
  return { to: values.to ?? refuse(2, USAGE), objects };
}

/** redis-cli ends well also where a server that forbids SYNC sends nothing. */
function requireSnapshot(file) {
  const head = Buffer.alloc(5);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, head);
  closeSync(descriptor);
  if (head.toString('latin1') !== 'REDIS') {
    refuse(
      69,
      'this Redis does not give a snapshot (SYNC): take the one of the service that runs it, docs/backup.md',
    );
  }
}

/** All objects that are whole. One that goes away meanwhile was not to be kept; one that is replaced is copied whole. */
async function copyObjects(from, to) {
  const copied = { count: 0, bytes: 0 };
  await mkdir(to, { recursive: true, mode: 0o700 });
  const entries = await readdir(from, { withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const entry of entries) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      const below = await copyObjects(source, target);
      copied.count += below.count;
      copied.bytes += below.bytes;
    } else if (entry.isFile() && !entry.name.endsWith(PART)) {
      if (!(await copyUnlessGone(source, target))) continue;
      copied.count += 1;
      copied.bytes += (await stat(target)).size;
    }
  }
  return copied;
}

async function copyUnlessGone(source, target) {
  try {
    await copyFile(source, target, constants.COPYFILE_FICLONE);
    return true;
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}
