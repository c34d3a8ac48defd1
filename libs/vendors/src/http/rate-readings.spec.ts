import type { RateHeaders } from '../vendor.port';
import { rateReadings } from './rate-readings';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const cap = {
  concurrency: 1,
  windows: [
    { name: 'minute', kind: 'sliding', limit: 10, lengthMs: 60_000 },
    { name: 'hour', kind: 'fixed', limit: 100, lengthMs: 3_600_000, ops: ['find_contacts'] },
  ],
} as const;

const read = (rateHeaders: readonly RateHeaders[], headers: Readonly<Record<string, string>>) =>
  rateReadings({ cap, rateHeaders }, 'verify_email', headers, NOW);

describe('rate headers', () => {
  it('tell of a window what there is: its limit, what is left, and when it is whole again', () => {
    const told: RateHeaders = {
      window: 'minute',
      limit: 'x-limit',
      left: 'x-left',
      reset: { header: 'x-reset', as: 'duration' },
    };
    expect(read([told], { 'x-limit': '60', 'x-left': ' 0 ', 'x-reset': '6s' })).toEqual([
      { window: 'minute', limit: 60, left: 0, resetInMs: 6_000 },
    ]);
    expect(read([told], { 'x-left': '7' })).toEqual([{ window: 'minute', left: 7 }]);
  });

  it.each([
    ['seconds', '7', 7_000],
    ['seconds', '0.25', 250],
    ['ms', '1500', 1_500],
    ['duration', '1s', 1_000],
    ['epoch_seconds', String(NOW / 1_000 + 30), 30_000],
    ['epoch_seconds', String(NOW / 1_000 - 30), 0],
    ['http_date', 'Sun, 01 Mar 2026 12:00:09 GMT', 9_000],
    ['seconds', '99999999', 60_000],
  ] as const)('of a reset in %s, %j, are %d ms, at most the length of the window', (as, text, resetInMs) => {
    expect(read([{ window: 'minute', reset: { header: 'x-reset', as } }], { 'x-reset': text })).toEqual([
      { window: 'minute', resetInMs },
    ]);
  });

  it.each(['epoch_seconds', 'http_date'] as const)('of a reset in %s go by the answer’s own clock', (as) => {
    const until = new Date(NOW + 3_605_000);
    const headers = {
      date: new Date(NOW + 3_600_000).toUTCString(),
      'x-reset': as === 'http_date' ? until.toUTCString() : String(until.getTime() / 1_000),
    };
    expect(read([{ window: 'minute', reset: { header: 'x-reset', as } }], headers)).toEqual([
      { window: 'minute', resetInMs: 5_000 },
    ]);
  });

  it.each(['', '-1', 'many', '1e9', '0x10', 'NaN', '5, 5', '1.5'])(
    'say nothing where a count is %j',
    (text) => {
      expect(read([{ window: 'minute', limit: 'x', left: 'x' }], { x: text })).toEqual([]);
    },
  );

  it.each([
    ['seconds', '-1'],
    ['duration', '5'],
    ['http_date', 'tomorrow'],
    ['epoch_seconds', 'Sun, 01 Mar 2026 12:00:09 GMT'],
  ] as const)('say nothing where a reset in %s is %j', (as, text) => {
    expect(read([{ window: 'minute', reset: { header: 'x', as } }], { x: text })).toEqual([]);
  });

  it('tell of no window that the vendor does not have, or that the operation does not take from', () => {
    expect(read([{ window: 'hour', left: 'x' }], { x: '1' })).toEqual([]);
    expect(read([{ window: 'century', left: 'x' }], { x: '1' })).toEqual([]);
    expect(
      rateReadings({ cap, rateHeaders: [{ window: 'hour', left: 'x' }] }, 'find_contacts', { x: '1' }, NOW),
    ).toEqual([{ window: 'hour', left: 1 }]);
  });
});
