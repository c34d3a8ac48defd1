import { latencyField } from './vendor-usage';

describe('the counter of a latency', () => {
  it.each([
    [0, 't25'],
    [25, 't25'],
    [26, 't50'],
    [180, 't200'],
    [7_000, 't12000'],
    [3_600_000, 't60000'],
  ])('of %i ms is that of the next step kept: %s', (tookMs, field) => {
    expect(latencyField(tookMs)).toBe(field);
  });
});
