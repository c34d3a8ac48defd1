import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditLog } from '#libs/audit';
import { CellKeys } from '#libs/redis';
import { useTestRedis } from '#libs/testing';
import { leadgen, type Ended } from '../../test/leadgen';

describe('leadgen suppress, on a real Redis', () => {
  const used = useTestRedis();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadgen-suppress-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  const suppress = (...words: string[]): Promise<Ended> =>
    leadgen(['suppress', ...words, '--json'], {
      cwd: folder,
      env: { REDIS_URL: used.url, LEADGEN_CELL: used.keys.cell },
    });

  it('adds, tells and removes, for one tenant', async () => {
    const list = join(folder, 'list.csv');
    await writeFile(list, 'email,Ada@acme.example\n\ncompany,"Initech"\n');
    const added = await suppress('add', '--tenant-id', 'acme', '--domain', 'globex.com', '--file', list);
    expect(added.result).toMatchObject({ exit_code: 0, changed: 3, count: 3 });
    const who = ['--email', 'ada@ACME.example', 'bob@acme.example', '--domain', 'www.globex.com'];
    expect((await suppress('check', '--tenant-id', 'acme', ...who)).result).toMatchObject({
      suppressed: [true, false, true],
    });
    expect((await suppress('check', '--tenant-id', 'globex', ...who)).result).toMatchObject({
      suppressed: [false, false, false],
    });
    expect((await suppress('remove', '--tenant-id', 'acme', ...who)).result).toMatchObject({
      changed: 2,
      count: 1,
    });
    expect(await used.redis.keys(`${new CellKeys(used.keys.cell).suppressed('acme')}*`)).toHaveLength(1);
  });

  it('rekeys what was listed before there was a key, of one tenant or of all, and finds it before and after', async () => {
    const key = { LEADGEN_SUPPRESSION_KEY: randomBytes(32).toString('base64') };
    for (const tenant of ['acme', 'globex']) {
      await suppress('add', '--tenant-id', tenant, '--domain', 'initech.com', 'umbrella.com');
    }
    const keyed = (...words: string[]): Promise<Ended> =>
      leadgen(['suppress', ...words, '--json'], {
        cwd: folder,
        env: { REDIS_URL: used.url, LEADGEN_CELL: used.keys.cell, ...key },
      });
    const check = ['check', '--tenant-id', 'globex', '--domain', 'initech.com', 'acme.com'];
    expect((await keyed(...check)).result).toMatchObject({ suppressed: [true, false] });
    expect((await keyed('rekey', '--tenant-id', 'acme')).result).toMatchObject({ exit_code: 0, changed: 2 });
    expect((await keyed('rekey')).result).toMatchObject({ exit_code: 0, changed: 2 });
    expect((await keyed(...check)).result).toMatchObject({ suppressed: [true, false] });
    const { entries } = await new AuditLog(used.redis, used.keys).read({ limit: 2 });
    expect(entries.map(({ tenantId, action }) => [tenantId, action])).toEqual([
      ['globex', 'suppressions.rekeyed'],
      ['acme', 'suppressions.rekeyed'],
    ]);
    // Without the key this process would find nobody.
    expect(await suppress(...check)).toMatchObject({
      exitCode: 2,
      result: { error: { code: 'config_invalid' } },
    });
  });

  it('refuses to rekey without a key', async () => {
    const { exitCode, result } = await suppress('rekey');
    expect([exitCode, result.error?.message]).toEqual([
      2,
      expect.stringMatching(/LEADGEN_SUPPRESSION_KEY_FILE/),
    ]);
  });

  it.each([
    [[], /--tenant-id/],
    [['--tenant-id', 'acme'], /--email, --domain or --company/],
    [['--tenant-id', 'acme', '--email', 'nobody'], /email 1: this is no e-mail address/],
    [['--tenant-id', 'acme', '--file', 'nowhere.csv'], /--file nowhere\.csv/],
  ])('says what to correct: %j', async (words, message) => {
    const { exitCode, result } = await suppress('add', ...words);
    expect(exitCode).toBe(2);
    expect(JSON.stringify(result)).toMatch(message);
  });
});
