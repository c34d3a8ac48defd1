import { SkewNotices } from './skew-notices';

const told = (...skews: number[]): (string | null)[] => {
  const notices = new SkewNotices();
  return skews.map((skew) => notices.notice(skew)?.kind ?? null);
};

describe('what is said of a clock', () => {
  it('is nothing while it is right', () => {
    expect(told(0, 1_900, -2_000)).toEqual([null, null, null]);
  });

  it('is said once per change, however often it is looked at', () => {
    expect(told(2_100, 2_200, 3_900, 4_200, 4_300)).toEqual(['wrong', null, null, 'wrong', null]);
    expect(told(-2_100, -2_500, 2_100)).toEqual(['wrong', null, 'wrong']);
  });

  it('is said when it is right again, and when it is wrong once more', () => {
    expect(told(9_000, 100, 0, 9_000)).toEqual(['wrong', 'right', null, 'wrong']);
  });
});
