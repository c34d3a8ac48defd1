import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { AuditLog } from '#libs/audit';
import { Sealer } from '#libs/sealing';
import { VendorCredentials } from '#libs/tenancy';
import { useTestRedis } from '#libs/testing';
import { ROOT } from '../../test/leadgen';

const SECRET = 'canary-key';

describe('leadgen vendors credentials, on a real Redis', () => {
  const used = useTestRedis();
  const sealing = randomBytes(32).toString('base64');
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadgen-credential-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  function run(words: readonly string[], { input = '', key = sealing } = {}) {
    const { status, stdout, stderr } = spawnSync(
      join(ROOT, 'bin/leadgen'),
      ['vendors', 'credentials', ...words, '--json'],
      {
        cwd: folder,
        input,
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          REDIS_URL: used.url,
          LEADGEN_CELL: used.keys.cell,
          LEADGEN_SEALING_KEY: key,
        },
      },
    );
    return { status, said: stdout + stderr };
  }
  const credentials = (): VendorCredentials =>
    new VendorCredentials(used.redis, used.keys, new Sealer([sealing]));

  it('stores the key of stdin and takes it back, and never says it', async () => {
    const whose = ['--tenant-id', 'acme', '--vendor', 'hunter'];
    const set = run(['set', ...whose], { input: `${SECRET}\n` });
    expect(set.status).toBe(0);
    expect(set.said).not.toContain(SECRET);
    expect((await credentials().open('acme')).get('hunter')?.apiKey).toBe(SECRET);
    const listed = run(['list', '--tenant-id', 'acme']);
    expect(listed.said).toMatch(/"vendor":"hunter"/);
    expect(listed.said).not.toContain(SECRET);
    expect(run(['remove', ...whose, '--actor', 'ops-bot']).status).toBe(0);
    const { entries } = await new AuditLog(used.redis, used.keys).read();
    expect(entries.map(({ actor, action, target }) => [actor, action, target])).toEqual([
      ['cli:ops-bot', 'credential.removed', 'hunter'],
      [`cli:${userInfo().username}`, 'credential.set', 'hunter'],
    ]);
    expect((await credentials().open('acme')).size).toBe(0);
  });

  it.each([
    [['set', '--vendor', 'hunter'], 'k', /--tenant-id/],
    [['set', '--tenant-id', 'acme', '--vendor', 'nobody'], 'k', /--vendor with one of .*hunter/],
    [['set', '--tenant-id', 'acme', '--vendor', 'hunter'], '', /stdin: the key/],
  ])('says what to correct: %j', (words, input, message) => {
    const { status, said } = run(words, { input });
    expect(status).toBe(2);
    expect(said).toMatch(message);
  });

  it('refuses a weak key to encrypt with, before anything is stored', () => {
    const { status, said } = run(['set', '--tenant-id', 'acme', '--vendor', 'hunter'], {
      input: SECRET,
      key: 'short',
    });
    expect(status).toBe(2);
    expect(said).toMatch(/LEADGEN_SEALING_KEY=\[redacted\]/);
  });
});
