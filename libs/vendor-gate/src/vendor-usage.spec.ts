import { latencyField, vendorUsage } from './vendor-usage';

describe('a run’s usage of its vendors', () => {
  it('is read from the run’s hash, whatever else is in it', () => {
    const hash = {
      state: 'running',
      'u:sonar:calls': '3',
      'u:sonar:found': '2',
      'u:sonar:failed': '1',
      'u:sonar:cost': '50000',
      'u:radar:cached': '4',
      'u:radar:saved': '100000',
    };
    const { sonar, radar, ...others } = vendorUsage(hash);
    expect(sonar).toMatchObject({ calls: 3, found: 2, empty: 0, failed: 1, costMicro: 50_000, p95Ms: null });
    expect(radar).toMatchObject({ calls: 0, cached: 4, savedMicro: 100_000 });
    expect(others).toEqual({});
  });

  it('says within which step 95 of 100 latencies lie', () => {
    const counts: Record<string, string> = {};
    const count = (ms: number, times: number): void => {
      counts[`u:sonar:${latencyField(ms)}`] = String(times);
    };
    count(20, 90);
    count(180, 5);
    count(7_000, 5);
    expect(vendorUsage(counts).sonar?.p95Ms).toBe(200);
    count(7_000, 6);
    expect(vendorUsage(counts).sonar?.p95Ms).toBe(12_000);
    count(3_600_000, 1_000);
    expect(vendorUsage(counts).sonar?.p95Ms).toBe(60_000);
  });
});
