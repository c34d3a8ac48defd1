import { formatUsd, readableUsd } from './money';

describe('amounts', () => {
  it.each([
    [0, '0.00', '0.00'],
    [1_234_500, '1.2345', '1.23'],
    [5_397_450, '5.39745', '5.40'],
    [10_000, '0.01', '0.01'],
    [1_450, '0.00145', '0.00145'],
  ])('of %i micro-units are %s exactly, and %s to read', (micro, exact, readable) => {
    expect(formatUsd(micro)).toBe(exact);
    expect(readableUsd(micro)).toBe(readable);
  });
});
