import { parseDurationMs } from './duration';

describe('a duration', () => {
  it.each([
    ['6m0s', 360_000],
    ['1s', 1_000],
    ['120ms', 120],
    ['1h2m', 3_720_000],
    ['1d', 86_400_000],
    ['1m30.5s', 90_500],
    ['0s', 0],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });

  it.each(['', '6', 'm', '6 m', '-1s', '1s ', '1e3s', '1w', 'PT6M', '1s'.repeat(40)])(
    '%j is none',
    (text) => {
      expect(parseDurationMs(text)).toBeNull();
    },
  );
});
