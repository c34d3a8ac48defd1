import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { locateRedis } from './locate-redis';
import { writeProgram } from '../../test/programs';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'locate-redis-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const place = (name: string): string => join(folder, name);
const locate = (
  path: readonly string[],
  platform: NodeJS.Platform = 'darwin',
): ReturnType<typeof locateRedis> =>
  locateRedis({
    cacheDir: place('cache'),
    env: { PATH: path.map(place).join(delimiter) },
    platform,
    fetchMs: 300,
  });
const says = (version: string): string => `echo "${version}"`;

describe('a Redis on PATH', () => {
  it('is taken, the first that can be used', async () => {
    const command = writeProgram(place('b'), 'redis-server', says('Redis server v=7.0.15 sha=00000000:0'));
    writeProgram(place('c'), 'redis-server', says('Redis server v=8.0.2 sha=00000000:0'));
    expect(await locate(['a', 'b', 'c'])).toEqual({ command, env: {}, origin: 'path' });
  });

  it('may be a Valkey', async () => {
    const command = writeProgram(place('a'), 'valkey-server', says('Valkey server v=8.1.1 sha=00000000:0'));
    expect(await locate(['a'])).toMatchObject({ command, origin: 'path' });
  });

  it('is found through whatever its own script needs from PATH', async () => {
    writeProgram(place('bin'), 'version-manager', says('Redis server v=7.4.0'));
    const command = writeProgram(place('bin'), 'redis-server', 'exec version-manager');
    expect(await locate(['bin'])).toMatchObject({ command });
  });

  it('is passed over when too old, broken, built for another machine, mute or not executable', async () => {
    writeProgram(place('old'), 'redis-server', says('Redis server v=6.0.16 sha=00000000:0'));
    writeProgram(
      place('broken'),
      'redis-server',
      'echo "libssl.so.3: cannot open shared object file" >&2; exit 127',
    );
    await writeFile(writeProgram(place('foreign'), 'redis-server', ''), Buffer.from('\x7fELF\x02\x01'));
    writeProgram(place('mute'), 'redis-server', says('hello'));
    await chmod(writeProgram(place('data'), 'redis-server', says('Redis server v=7.0.0')), 0o644);
    const command = writeProgram(place('old'), 'valkey-server', says('Valkey server v=7.2.5'));
    expect(await locate(['old', 'broken', 'foreign', 'mute', 'data'])).toMatchObject({ command });
  });
});

describe('Homebrew on macOS', () => {
  it('gives its Redis although its folder is not on PATH', async () => {
    const command = writeProgram(place('opt/redis/bin'), 'redis-server', says('Redis server v=8.2.1'));
    writeProgram(place('brew'), 'brew', `[ "$*" = "--prefix redis" ] && echo "${place('opt/redis')}"`);
    expect(await locate(['brew'])).toEqual({ command, env: {}, origin: 'homebrew' });
  });

  it('is not asked on Linux, and without a Redis is no place either', async () => {
    writeProgram(place('brew'), 'brew', `touch ${place('asked')}; echo "${place('opt/redis')}"`);
    await expect(locate(['brew'], 'freebsd')).rejects.toMatchObject({ code: 'redis_not_available' });
    await expect(rm(place('asked'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(locate(['brew'])).rejects.toThrow(/brew has no redis/);
  });
});

describe('no Redis anywhere', () => {
  it('names the three ways out, and why each place had none', async () => {
    writeProgram(place('old'), 'redis-server', says('Redis server v=5.0.3'));
    const attempt = locate(['old'], 'linux');
    await expect(attempt).rejects.toMatchObject({ code: 'redis_not_available', severity: 'expected' });
    await expect(attempt).rejects.toThrow(/apt install redis-server.*docker compose up.*REDIS_URL/s);
    await expect(attempt).rejects.toThrow(/old\/redis-server is 5\.0, older than 6\.2/);
  });
});
