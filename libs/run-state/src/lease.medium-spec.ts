import { useTestRedis, waitUntil } from '#libs/testing';
import { Lease } from './lease';

describe('Lease on a real Redis', () => {
  const cell = useTestRedis();

  const lease = (duty: string, holder: string): Lease => new Lease(cell.redis, cell.keys, duty, holder);

  it('is held by one of many who want it, and kept by its holder', async () => {
    const wanted = Array.from({ length: 20 }, (_, n) => lease('one', `process-${n}`));
    const taken = await Promise.all(wanted.map((each) => each.take(10_000)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const again = await Promise.all(wanted.map((each) => each.take(10_000)));
    expect(again).toEqual(taken);
  });

  it('lapses by itself when its holder is heard of no more', async () => {
    expect(await lease('lapse', 'killed').take(1_000)).toBe(true);
    expect(await lease('lapse', 'next').take(10_000)).toBe(false);
    await waitUntil(() => lease('lapse', 'next').take(10_000), {
      timeoutMs: 20_000,
      what: 'the lease lapses',
    });
    expect(await lease('lapse', 'killed').take(200)).toBe(false);
  });

  it('is given back by its holder only', async () => {
    await lease('back', 'holder').take(10_000);
    await lease('back', 'other').release();
    expect(await lease('back', 'other').take(10_000)).toBe(false);
    await lease('back', 'holder').release();
    expect(await lease('back', 'other').take(10_000)).toBe(true);
  });
});
