import { useTestRedis } from '#libs/testing';
import { ApiKeys } from './api-keys.repository';

/** Asked in turn, so that whatever else the machine does is felt by both. */
const PAIRS = 400;
const WARM_UP = 50;
/** Far more than noise makes of medians, far less than a comparison that a guesser could follow would have to save. */
const FACTOR_MAX = 2;

/** A smoke test: how long a refusal takes tells a guesser nothing worth knowing. */
describe('how long a key is looked at, on a real Redis', () => {
  const used = useTestRedis();

  async function ratioOfMedians(apiKeys: ApiKeys, one: string, other: string): Promise<number> {
    const took: [number[], number[]] = [[], []];
    for (let i = 0; i < WARM_UP + PAIRS; i += 1) {
      // Who is first in a pair changes, too.
      for (const which of i % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        const started = performance.now();
        expect(await apiKeys.verify(which === 0 ? one : other)).toBeUndefined();
        if (i >= WARM_UP) took[which].push(performance.now() - started);
      }
    }
    const [a, b] = took.map(median) as [number, number];
    return Math.max(a, b) / Math.min(a, b);
  }

  it.each<[string, (text: string) => [string, string]]>([
    [
      'of a known id with a wrong secret as of an unknown id',
      (text) => [
        `${text.slice(0, -43)}${'A'.repeat(43)}`,
        text.replace(/_[a-z2-7]{16}_/, `_${'a'.repeat(16)}_`),
      ],
    ],
    [
      'of a secret that is wrong from its first character on as of one that is wrong in its last alone',
      (text) => [
        `${text.slice(0, -43)}${'A'.repeat(43)}`,
        // The last character of 32 bytes in base64url holds four bits: any other of these is another secret.
        `${text.slice(0, -1)}${text.endsWith('A') ? 'E' : 'A'}`,
      ],
    ],
  ])('is alike %s', async (_what, forge) => {
    const apiKeys = new ApiKeys(used.redis, used.keys);
    const { text } = await apiKeys.issue({ tenantId: 'acme', environment: 'live' });
    expect(await apiKeys.verify(text)).toBeDefined();
    expect(await ratioOfMedians(apiKeys, ...forge(text))).toBeLessThan(FACTOR_MAX);
  });
});

function median(of: readonly number[]): number {
  return [...of].sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN;
}
