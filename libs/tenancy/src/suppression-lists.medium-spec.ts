import { randomBytes } from 'node:crypto';
import { useTestRedis } from '#libs/testing';
import { SuppressionNames, suppressionKey } from '#libs/vendor-gate';
import { openSuppressionNames } from './open-suppression-names';
import { SuppressionLists } from './suppression-lists.repository';

const KEY = randomBytes(32).toString('base64');
const ada = { kind: 'email', value: 'ada@acme.example' } as const;
const bob = { kind: 'email', value: 'bob@acme.example' } as const;
const acme = { kind: 'domain', value: 'acme.example' } as const;

describe('suppression lists, on a real Redis', () => {
  const used = useTestRedis();
  const keyed = (): SuppressionLists =>
    new SuppressionLists(used.redis, used.keys, new SuppressionNames(KEY));
  const keyless = (): SuppressionLists => new SuppressionLists(used.redis, used.keys, new SuppressionNames());
  const listed = async (lists = keyed()): Promise<boolean[]> =>
    (await lists.find('acme', [ada, bob, acme])).map(({ isListed }) => isListed);

  it('hold nothing that a guess could be tested against without the deployment’s key', async () => {
    await keyed().add('acme', [ada]);
    const stored = await used.redis.smembers(used.keys.suppressed('acme'));
    expect(stored).toHaveLength(1);
    expect(stored).not.toContain(suppressionKey('acme', ada.kind, ada.value));
    expect(await listed(keyless())).toEqual([false, false, false]);
    expect(await listed()).toEqual([true, false, false]);
  });

  it('forget nobody who was put on them before there was a key, and do not list them twice', async () => {
    await keyless().add('acme', [ada, acme]);
    expect(await listed()).toEqual([true, false, true]);
    const added = await keyed().add('acme', [ada, bob]);
    expect(added.map((entry) => entry.added)).toEqual([false, true]);
    expect(await keyed().count('acme')).toBe(3);
    expect(await keyed().remove('acme', [ada])).toBe(1);
    expect(await listed()).toEqual([false, true, true]);
  });

  it('are written anew under the key, whole, with every old id still good for taking somebody off', async () => {
    const many = Array.from(
      { length: 2_500 },
      (_, i) => ({ kind: 'email', value: `p${i}@x.example` }) as const,
    );
    const [old] = await keyless().add('acme', [ada]);
    await keyless().add('acme', many);
    await keyed().add('acme', [bob]);
    expect(await keyed().rekey('acme')).toBe(2_501);
    expect(await keyed().rekey('acme')).toBe(0);
    expect(await keyed().count('acme')).toBe(2_502);
    const found = await keyed().find('acme', [ada, bob, ...many]);
    expect(found.every(({ isListed }) => isListed)).toBe(true);
    expect((await keyless().find('acme', [ada, ...many])).some(({ isListed }) => isListed)).toBe(false);
    expect(await keyed().removeId('acme', old?.id ?? '')).toBe(true);
    expect(await listed()).toEqual([false, true, false]);
  });

  it('are not touched by a rekeying without a key', async () => {
    await keyless().add('acme', [ada]);
    expect(await keyless().rekey('acme')).toBe(0);
    expect(await listed(keyless())).toEqual([true, false, false]);
  });

  it('count the same one once, however often it is named at once', async () => {
    const added = await keyed().add('acme', [ada, bob, ada]);
    expect(added.map((entry) => entry.added)).toEqual([true, true, false]);
    expect(added[0]?.id).toBe(added[2]?.id);
  });

  it('are of one key for good: a process with another, or with none, is refused', async () => {
    const open = (key?: string): Promise<SuppressionNames> =>
      openSuppressionNames(used.redis, used.keys, key);
    expect((await open()).keyId()).toBeNull();
    expect((await open(KEY)).keyId()).toMatch(/^[0-9a-f]{8}$/);
    expect((await open(KEY)).keyId()).toBe(new SuppressionNames(KEY).keyId());
    for (const other of [randomBytes(32).toString('base64'), undefined]) {
      await expect(open(other)).rejects.toMatchObject({ code: 'config_invalid' });
    }
  });
});
