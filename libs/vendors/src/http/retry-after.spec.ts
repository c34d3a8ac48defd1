import { retryAfterMs } from './retry-after';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const HOUR = 3_600_000;

describe('Retry-After', () => {
  it.each([
    ['7', 7_000],
    ['1.5', 1_500],
    [' 30 ', 30_000],
    ['0', 1_000],
    ['-5', 1_000],
    ['1000000000', 24 * HOUR],
    ['99999999999999999999999999', 24 * HOUR],
  ])('of %j seconds is %d ms, from one second to a day', (text, expected) => {
    expect(retryAfterMs({ 'retry-after': text }, NOW)).toBe(expected);
  });

  it.each([
    ['Sun, 01 Mar 2026 12:02:00 GMT', 120_000],
    ['Sunday, 01-Mar-26 12:02:00 GMT', 120_000],
    ['Sun Mar  1 12:02:00 2026 GMT', 120_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 1_000],
    ['Fri, 01 Mar 2126 12:00:00 GMT', 24 * HOUR],
  ])('of %j is until then', (text, expected) => {
    expect(retryAfterMs({ 'retry-after': text }, NOW)).toBe(expected);
  });

  it('counts a date from the answer’s own clock, since ours may be wrong', () => {
    const headers = { 'retry-after': 'Sun, 01 Mar 2026 15:00:30 GMT', date: 'Sun, 01 Mar 2026 15:00:00 GMT' };
    expect(retryAfterMs(headers, NOW)).toBe(30_000);
  });

  it.each([
    '',
    'soon',
    '1e9',
    '0x10',
    'NaN',
    'Infinity',
    'tomorrow',
    '2026-03-01',
    'Sun, nonsense',
    '5 minutes',
  ])('of %j says nothing', (text) => {
    expect(retryAfterMs({ 'retry-after': text }, NOW)).toBeNull();
  });

  it('that is absent says nothing', () => {
    expect(retryAfterMs({}, NOW)).toBeNull();
  });
});
