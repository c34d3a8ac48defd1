import { usageField, vendorUsageFromHash } from './run-hash';

describe('what vendors did for a run', () => {
  it('is read from the counters of its hash, and 0 where nothing was counted', () => {
    const hash = {
      state: 'running',
      [usageField('two', 'calls')]: '4',
      [usageField('two', 'found')]: '2',
      [usageField('two', 'empty')]: '1',
      [usageField('two', 'failed')]: '1',
      [usageField('two', 'cost')]: '30000',
      [usageField('one', 'cached')]: '3',
      [usageField('one', 'saved')]: '75000',
    };
    const none = {
      calls: 0,
      cached: 0,
      cost_micro: 0,
      found: 0,
      empty: 0,
      failed: 0,
      saved_micro: 0,
      simulated: false,
    };
    expect(vendorUsageFromHash(hash)).toEqual([
      { vendor: 'one', ...none, cached: 3, saved_micro: 75_000, p95_ms: null },
      { vendor: 'two', ...none, calls: 4, found: 2, empty: 1, failed: 1, cost_micro: 30_000, p95_ms: null },
    ]);
  });

  it('took no longer than so much for 95 of 100 calls', () => {
    const hash = { [usageField('one', 't200')]: '95', [usageField('one', 't60000')]: '1' };
    expect(vendorUsageFromHash({ ...hash, [usageField('one', 't800')]: '4' })[0]?.p95_ms).toBe(200);
    expect(vendorUsageFromHash({ ...hash, [usageField('one', 't800')]: '40' })[0]?.p95_ms).toBe(800);
  });
});
