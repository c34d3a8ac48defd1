import { durationMs } from './duration';

const limits = { min: '1s', max: '2d' };

describe('a duration as people type it', () => {
  it.each([
    ['1s', 1_000],
    ['1500ms', 1_500],
    ['10m', 600_000],
    ['2h', 7_200_000],
    ['2d', 172_800_000],
  ])('%s is %d ms', (text, ms) => {
    expect(durationMs('--for', text, limits)).toBe(ms);
  });

  it.each(['', '10', 'm', '0s', '999ms', '3d', '-1m', '1.5m', '10 m', '10min', '1h30m', '1000000000s'])(
    '%j is refused, saying what the flag takes',
    (text) => {
      expect(() => durationMs('--for', text, limits)).toThrow(
        /^--for ".*": give a duration like 60s.*from 1s to 2d$/,
      );
    },
  );
});
