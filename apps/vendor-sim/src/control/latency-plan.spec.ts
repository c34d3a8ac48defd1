import { LatencyPlan } from './latency-plan';

function latencies(plan: { ms: number; jitterMs: number; jitterShare: number }): number[] {
  const latency = new LatencyPlan();
  latency.set({ vendor: 'acme', ...plan });
  return Array.from({ length: 5_000 }, (_, i) => latency.of('acme', `request ${i}`));
}

describe('latency', () => {
  it('is evenly spread over the jitter', () => {
    const taken = latencies({ ms: 10, jitterMs: 100, jitterShare: 1 });
    expect([Math.min(...taken), Math.max(...taken)]).toEqual([10, 110]);
    expect(taken.filter((ms) => ms <= 60).length / taken.length).toBeCloseTo(0.5, 1);
  });

  it('is usual but for a share of the requests', () => {
    const taken = latencies({ ms: 20, jitterMs: 280, jitterShare: 0.1 });
    expect(taken.filter((ms) => ms > 20).length / taken.length).toBeCloseTo(0.1, 1);
    expect(Math.max(...taken)).toBeGreaterThan(290);
    expect(Math.max(...taken)).toBeLessThanOrEqual(300);
  });

  it('is the same for the same request', () => {
    expect(latencies({ ms: 0, jitterMs: 90, jitterShare: 0.5 })).toEqual(
      latencies({ ms: 0, jitterMs: 90, jitterShare: 0.5 }),
    );
  });
});
