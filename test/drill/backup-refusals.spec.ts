import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createRedis } from '#libs/redis';
import { startTestRedis, testRedisPath, type TestRedis } from '#libs/testing';

const execute = promisify(execFile);
const KEY = randomBytes(32).toString('base64');

let folder: string;
let path: string;
let redis: TestRedis;
let backup: string;

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

async function script(
  name: string,
  words: readonly string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  const settings = { PATH: path, LEADGEN_SUPPRESSION_KEY: KEY, ...env };
  try {
    return { code: 0, ...(await execute(join(__dirname, '../../scripts', name), words, { env: settings })) };
  } catch (error) {
    return error as Ended;
  }
}
const take = (env: Record<string, string> = {}): Promise<Ended> =>
  script('backup', ['--to', join(folder, 'backups'), '--objects', join(folder, 'objects')], {
    REDIS_URL: redis.url,
    ...env,
  });
const restore = (
  words: readonly string[] = [],
  env: Record<string, string> = {},
  from = backup,
): Promise<Ended> =>
  script(
    'restore',
    ['--from', from, '--redis-dir', join(folder, 'redis'), '--objects', join(folder, 'restored'), ...words],
    env,
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadgen-refusals-'));
  path = await testRedisPath();
  redis = await startTestRedis();
  await mkdir(join(folder, 'objects/runs'), { recursive: true });
  await writeFile(join(folder, 'objects/runs/whole.csv'), 'name');
  await writeFile(join(folder, 'objects/runs/half.csv.part.tmp'), 'na');
  const taken = await take();
  ({ backup } = JSON.parse(taken.stdout) as { backup: string });
});
afterEach(async () => {
  for (const made of ['redis', 'restored']) await rm(join(folder, made), { recursive: true, force: true });
});
afterAll(async () => {
  await redis.stop();
  await rm(folder, { recursive: true });
});

describe('a backup', () => {
  it('has whole objects alone, and no key', async () => {
    expect(await readdir(join(backup, 'objects/runs'))).toEqual(['whole.csv']);
    const manifest = await readFile(join(backup, 'manifest.json'), 'utf8');
    expect(JSON.parse(manifest)).toMatchObject({ format: 1, cell: 'main', objects: 1, objects_bytes: 4 });
    expect(manifest).not.toContain(KEY);
  });

  it('is refused by a Redis that gives no snapshot, and leaves nothing behind', async () => {
    const admin = createRedis(redis.url, {});
    const rights = '+@all -@admin -@dangerous +info'.split(' ');
    await admin.call('ACL', ['SETUSER', 'tenant', 'reset', 'on', '>managed-4f9c1b', '~*', '&*', ...rights]);
    admin.disconnect();
    const url = new URL(redis.url);
    [url.username, url.password] = ['tenant', 'managed-4f9c1b'];
    const before = await readdir(join(folder, 'backups'));
    const ended = await take({ REDIS_URL: url.href });
    expect([ended.code, ended.stderr]).toEqual([69, expect.stringMatching(/docs\/backup\.md|redis-cli/)]);
    expect(await readdir(join(folder, 'backups'))).toEqual(before);
  });
});

describe('a restore', () => {
  it('says which keys to set, which are in no backup', async () => {
    const { code, stderr, stdout } = await restore([], { LEADGEN_SUPPRESSION_KEY: '' });
    expect([code, stderr]).toEqual([0, expect.stringMatching(/set LEADGEN_SUPPRESSION_KEY: /)]);
    expect(JSON.parse(stdout)).toMatchObject({ secrets_to_set: ['LEADGEN_SUPPRESSION_KEY'] });
  });

  it.each<[string, () => Promise<Ended>, number, RegExp]>([
    [
      'over anything that is there',
      async () => {
        await mkdir(join(folder, 'redis'));
        await writeFile(join(folder, 'redis/appendonly.aof'), 'lives');
        return restore();
      },
      2,
      /redis is not empty: nothing is written over/,
    ],
    [
      'with another key than the cell had',
      () => restore([], { LEADGEN_SUPPRESSION_KEY: randomBytes(32).toString('base64') }),
      2,
      /another key than this cell had/,
    ],
    [
      'for a Redis that is too old to read it',
      () => restore(['--redis-version', '6.2.0']),
      2,
      /Redis 6\.2\.0 does not read what Redis/,
    ],
    ['of one that was not finished', () => restore([], {}, join(folder, 'objects')), 2, /no finished backup/],
    [
      'of a file that was changed since',
      async () => {
        const damaged = join(folder, 'backups/damaged');
        await execute('cp', ['-r', backup, damaged]);
        await writeFile(join(damaged, 'redis.rdb'), 'REDIS0010');
        return restore([], {}, damaged);
      },
      1,
      /is not as it was written/,
    ],
  ])('is refused %s', async (_what, act, code, message) => {
    const ended = await act();
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringMatching(message)]);
    expect(ended.stdout).toBe('');
  });
});
