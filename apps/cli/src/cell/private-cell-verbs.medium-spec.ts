import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedRedis, type EmbeddedRedis } from '#libs/redis';
import { testRedisPath } from '#libs/testing';
import { leadgen, type Ended } from '../../test/leadgen';

let folder: string;
let path: string;

const verb = async (...words: string[]): Promise<Ended> =>
  leadgen([...words, '--json'], { cwd: folder, env: { PATH: path } });
async function done(...words: string[]): Promise<Record<string, unknown>> {
  const ended = await verb(...words);
  expect(ended).toMatchObject({ exitCode: 0, result: { event: 'result', exit_code: 0 } });
  return ended.result;
}
const startRedis = (): Promise<EmbeddedRedis> =>
  startEmbeddedRedis({ dataDir: join(folder, '.leadgen'), appendOnly: true, env: { PATH: path } });

beforeAll(async () => {
  path = `${await testRedisPath()}:/usr/bin:/bin`;
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadgen-private-'));
  await (await startRedis()).stop();
});
afterEach(() => rm(folder, { recursive: true }));

describe('without REDIS_URL the private cell of the data folder is meant, also after its leadgen has ended:', () => {
  it('keys are made, listed and revoked there', async () => {
    const { key_id: id } = await done('keys', 'create', '--tenant-id', 'acme');
    const { keys } = await done('keys', 'list', '--tenant-id', 'acme');
    expect(keys).toMatchObject([{ id, state: 'active' }]);
    expect(await done('keys', 'revoke', '--tenant-id', 'acme', '--key', String(id))).toMatchObject({
      changed: true,
    });
  });

  it('suppressions are kept under the key of the folder, which its workers read, too', async () => {
    await done('suppress', 'add', '--tenant-id', 'acme', '--domain', 'globex.com');
    expect(await done('suppress', 'check', '--tenant-id', 'acme', '--domain', 'globex.com')).toMatchObject({
      suppressed: [true],
    });
    const file = join(folder, '.leadgen/suppression.key');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(Buffer.from(await readFile(file, 'utf8'), 'base64')).toHaveLength(32);
    expect(await done('suppress', 'rekey')).toMatchObject({ changed: 0 });
  });

  it('tenants, vendors and the audit log are shown; who looks while a leadgen runs there finds the same', async () => {
    const running = await startRedis();
    try {
      await done('suppress', 'add', '--tenant-id', 'acme', '--domain', 'globex.com');
      expect(JSON.stringify((await done('tenants')).tenants)).toContain('acme');
      expect((await done('vendors')).vendors).not.toEqual([]);
      expect((await done('audit')).entries).toMatchObject([
        { action: 'suppressions.added', tenant_id: 'acme' },
      ]);
    } finally {
      await running.stop();
    }
  });

  it('an erasure that is asked for there says that nobody works on it now, and does not wait in vain', async () => {
    const asked = await done('erase', '--tenant-id', 'acme', '--domain', 'globex.com', '--wait', '10m');
    expect(asked.message).toMatch(/Nobody works there now/);
  });
});

it('where no leadgen has worked, each says how to name the cell', async () => {
  for (const words of [['keys', 'list', '--tenant-id', 'acme'], ['tenants'], ['vendors'], ['audit']]) {
    const ended = await leadgen(words, {
      cwd: folder,
      env: { PATH: path, LEADGEN_DATA_DIR: join(folder, 'nobody') },
    });
    expect(ended.exitCode).toBe(2);
    expect(ended.result.error?.message).toMatch(
      /REDIS_URL=.*or the folder of a private one by LEADGEN_DATA_DIR/,
    );
  }
});
