import type { CapExplanation } from '#libs/vendor-gate';
import { standingOf } from './gate-cap-watch';

const OPEN: CapExplanation = {
  closedForMs: 0,
  closedWhy: null,
  breaker: 'closed',
  faults: 0,
  probeInMs: 0,
  concurrency: { limit: 5, used: 0, lapsed: 0 },
  windows: [{ name: 'minute', declared: 20, limit: 20, used: 19, freesInMs: 30_000 }],
  budgets: [],
};
const FULL = { name: 'minute', declared: 20, limit: 20, used: 20, freesInMs: 30_000 };

const standing = (more: Partial<CapExplanation>): ReturnType<typeof standingOf> =>
  standingOf('sonar', { ...OPEN, ...more });

describe('how a cap stands', () => {
  it('is open while a call may be granted', () => {
    expect(standing({})).toEqual({ vendor: 'sonar', opensInMs: 0, why: expect.any(String) });
  });

  it('names the full window, and how much of it is used', () => {
    expect(standing({ windows: [FULL] })).toEqual({
      vendor: 'sonar',
      opensInMs: 30_000,
      why: 'minute cap 20/20 used',
    });
  });

  it('names what holds it up for longest', () => {
    const day = { name: 'day', declared: 500, limit: 400, used: 400, freesInMs: 80_000 };
    expect(standing({ windows: [FULL, day] }).why).toBe('day cap 400/400 used');
    const closed = { closedForMs: 90_000, closedWhy: 'quota' };
    expect(standing({ windows: [FULL, day], ...closed }).why).toBe('quota used up');
  });

  it('says why it was closed by whoever closed it', () => {
    expect(standing({ closedForMs: 5, closedWhy: 'rate_limited' }).why).toBe('asked us to slow down');
    expect(standing({ closedForMs: 5, closedWhy: 'Ada: contract ended' }).why).toBe('Ada: contract ended');
  });

  it('is out of order while its breaker is open', () => {
    expect(standing({ breaker: 'open', probeInMs: 20_000 })).toMatchObject({
      opensInMs: 20_000,
      why: 'out of order',
    });
  });
});
