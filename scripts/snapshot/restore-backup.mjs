/**
 * Puts a backup into a new folder of a Redis server and a new folder of objects. Nothing that is there is written over, so a
 * cell that lives cannot be hit. The server is started by whoever starts it otherwise.
 *
 * A server with an append-only file does not read redis.rdb at all: it would start empty. So the snapshot becomes what its
 * append-only file begins with: of Redis 7 and later a base file named by a manifest, before that the file itself.
 */
import { cp, mkdir, readdir, writeFile, copyFile, chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { refuse, run } from './end.mjs';
import { OBJECTS, readManifest, secretsNeeded, sha256, SNAPSHOT } from './manifest.mjs';
import { canRead, versionOfProgram } from './redis-tools.mjs';

const USAGE =
  'usage: scripts/restore --from BACKUP --redis-dir NEW_DIR --objects NEW_DIR [--redis-server PROGRAM | --redis-version V]';

await run('restore', async () => {
  const { from, redisDir, objects, version } = await options();
  const began = performance.now();
  const manifest = readManifest(from);
  const missing = secretsNeeded(manifest);
  if (!canRead(version, manifest.redis_version)) {
    refuse(
      2,
      `Redis ${version} does not read what Redis ${manifest.redis_version} wrote: take that version or a later one`,
    );
  }
  await requireNothing(redisDir);
  await requireNothing(objects);
  if ((await sha256(join(from, SNAPSHOT))) !== manifest.redis_sha256) {
    refuse(1, `${join(from, SNAPSHOT)} is not as it was written: take another backup`);
  }
  await mkdir(redisDir, { recursive: true, mode: 0o700 });
  await (Number(version.split('.')[0]) >= 7 ? asManifest(from, redisDir) : asOneFile(from, redisDir));
  await cp(join(from, OBJECTS), objects, { recursive: true, errorOnExist: true, force: false });
  for (const line of missing) process.stderr.write(`restore: set ${line}\n`);
  process.stderr.write(
    `restore: calls of vendors since ${manifest.taken_at} are not known to this cell: see "After a restore" in docs/backup.md\n`,
  );
  return {
    restored: from,
    taken_at: manifest.taken_at,
    cell: manifest.cell,
    redis_dir: redisDir,
    objects_dir: objects,
    secrets_to_set: missing.map((line) => line.split(':')[0]),
    took_ms: Math.round(performance.now() - began),
  };
});

async function options() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        from: { type: 'string' },
        'redis-dir': { type: 'string' },
        objects: { type: 'string' },
        'redis-server': { type: 'string' },
        'redis-version': { type: 'string' },
      },
    }));
  } catch (error) {
    refuse(2, `${error.message}. ${USAGE}`);
  }
  const { from, 'redis-dir': redisDir, objects } = values;
  if (!from || !redisDir || !objects) refuse(2, USAGE);
  const version =
    values['redis-version'] ?? (await versionOfProgram(values['redis-server'] ?? 'redis-server'));
  return { from, redisDir, objects, version };
}

async function requireNothing(folder) {
  const there = await readdir(folder).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (there.length > 0)
    refuse(2, `${folder} is not empty: nothing is written over. Name a new folder, or move that one away`);
}

/** `appenddirname` and `appendfilename` are Redis's own, as in every redis.conf of ours. */
async function asManifest(from, redisDir) {
  const folder = join(redisDir, 'appendonlydir');
  await mkdir(folder, { mode: 0o700 });
  await placed(join(from, SNAPSHOT), join(folder, 'appendonly.aof.1.base.rdb'));
  await writeFile(join(folder, 'appendonly.aof.manifest'), 'file appendonly.aof.1.base.rdb seq 1 type b\n', {
    mode: 0o600,
  });
}

const asOneFile = (from, redisDir) => placed(join(from, SNAPSHOT), join(redisDir, 'appendonly.aof'));

async function placed(file, place) {
  await copyFile(file, place);
  await chmod(place, 0o600);
}
