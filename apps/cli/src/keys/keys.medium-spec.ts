import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiKeys } from '#libs/access';
import { AuditLog } from '#libs/audit';
import { SCOPES } from '#libs/contracts';
import { CellKeys } from '#libs/redis';
import { useTestRedis } from '#libs/testing';
import { leadgen, type Ended } from '../../test/leadgen';

describe('leadgen keys, on a real Redis', () => {
  const cell = useTestRedis();
  const keys = new CellKeys('main');
  let folder: string;
  let apiKeys: ApiKeys;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadgen-keys-'));
    apiKeys = new ApiKeys(cell.redis, keys);
  });
  beforeEach(() => cell.redis.flushall());
  afterAll(() => rm(folder, { recursive: true }));

  const run = (words: string[], env: Record<string, string> = {}): Promise<Ended> =>
    leadgen(['keys', ...words], { cwd: folder, env: { REDIS_URL: cell.url, ...env } });
  async function result(...words: string[]): Promise<Record<string, unknown>> {
    const ended = await run(words);
    expect(ended).toMatchObject({ exitCode: 0, stderr: '', result: { event: 'result', exit_code: 0 } });
    return ended.result;
  }
  const audited = async (): Promise<unknown[]> => {
    const { entries } = await new AuditLog(cell.redis, keys).read();
    return entries
      .map(({ tenantId, actor, action, target }) => [tenantId, actor.split(':')[0], action, target])
      .reverse();
  };

  it('makes a key that works, shows it once, and puts it on record without its secret', async () => {
    const made = await result(
      'create',
      '--tenant-id',
      'acme',
      '--scopes',
      'tenant:read, datasets:write',
      '--expires',
      '90d',
    );
    const key = String(made.key);
    expect(key).toMatch(/^lg_live_/);
    expect(await apiKeys.verify(key)).toEqual({
      tenantId: 'acme',
      actor: `key:${String(made.key_id)}`,
      scopes: ['tenant:read', 'datasets:write'],
    });
    const listed = await result('list', '--tenant-id', 'acme');
    expect(listed.keys).toEqual([
      {
        id: made.key_id,
        environment: 'live',
        state: 'active',
        scopes: ['tenant:read', 'datasets:write'],
        created_at: expect.stringMatching(/^\d{4}-/),
        expires_at: expect.stringMatching(/^\d{4}-/),
        revoked_at: null,
        last_used_at: null,
      },
    ]);
    expect(await audited()).toEqual([['acme', 'cli', 'key.created', `key:${String(made.key_id)}`]]);
    const everything = JSON.stringify(await cell.redis.xrange(keys.audit(), '-', '+'));
    expect(JSON.stringify(listed) + everything).not.toContain(key.slice(-43));
  });

  it('makes one for everything, without end, of the environment that is set', async () => {
    const ended = await run(['create', '--tenant-id', 'acme', '--json'], {
      LEADGEN_KEY_ENVIRONMENT: 'trial',
    });
    const { key } = ended.result as { key: string };
    expect(key).toMatch(/^lg_trial_/);
    expect((await apiKeys.verify(key))?.scopes).toEqual(SCOPES);
  });

  it('rotates with an overlap, and revokes at once and for good', async () => {
    const old = await result('create', '--tenant-id', 'acme');
    const next = await result(
      'rotate',
      '--tenant-id',
      'acme',
      '--key',
      String(old.key_id),
      '--overlap',
      '2h',
    );
    expect(Date.parse(String(next.old_key_ends_at)) - Date.now()).toBeGreaterThan(7_100_000);
    expect(await apiKeys.verify(String(old.key))).toBeDefined();
    expect(await apiKeys.verify(String(next.key))).toBeDefined();
    const revoke = (): Promise<Record<string, unknown>> =>
      result('revoke', '--tenant-id', 'acme', '--key', String(old.key_id));
    expect(await revoke()).toMatchObject({ changed: true });
    expect(await apiKeys.verify(String(old.key))).toBeUndefined();
    expect(await revoke()).toMatchObject({ changed: false });
    expect(await audited()).toEqual([
      ['acme', 'cli', 'key.created', `key:${String(old.key_id)}`],
      ['acme', 'cli', 'key.rotated', `key:${String(old.key_id)}`],
      ['acme', 'cli', 'key.revoked', `key:${String(old.key_id)}`],
    ]);
  });

  it.each<[string, string[], RegExp]>([
    ['no tenant', ['create'], /--tenant-id/],
    ['a tenant that is none', ['list', '--tenant-id', '../x'], /--tenant-id/],
    ['an unknown scope', ['create', '--tenant-id', 'acme', '--scopes', 'all'], /--scopes "all".*tenant:read/],
    ['an expiry that is no duration', ['create', '--tenant-id', 'acme', '--expires', 'soon'], /--expires/],
    ['no key', ['revoke', '--tenant-id', 'acme'], /--key/],
    ['a whole key', ['revoke', '--tenant-id', 'acme', '--key', 'lg_live_x_y'], /id only/],
    [
      'an overlap of a year',
      ['rotate', '--tenant-id', 'acme', '--key', 'k', '--overlap', '365d'],
      /--overlap/,
    ],
    ['a key there is not', ['revoke', '--tenant-id', 'acme', '--key', 'aaaaaaaaaaaaaaaa'], /no key aaaa/],
  ])('refuses %s, naming the flag', async (_what, words, message) => {
    const ended = await run(words);
    expect(ended).toMatchObject({ exitCode: 2, result: { event: 'result', exit_code: 2 } });
    expect(String(ended.result.error?.message)).toMatch(message);
    expect(await audited()).toEqual([]);
  });

  it('says how to name the cell, and that it cannot be reached', async () => {
    const nowhere = await leadgen(['keys', 'list', '--tenant-id', 'acme'], { cwd: folder });
    expect(nowhere.exitCode).toBe(2);
    expect(nowhere.result.error?.message).toMatch(/REDIS_URL/);
    const dead = await run(['list', '--tenant-id', 'acme'], { REDIS_URL: 'redis://127.0.0.1:1' });
    expect(dead).toMatchObject({ exitCode: 69, result: { error: { code: 'redis_unreachable' } } });
  });
});
