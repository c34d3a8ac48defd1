import { useTestRedis } from '#libs/testing';
import { RedisClock } from './redis-clock';

/** What a look may be wrong by on a machine that does other things, too. */
const ABOUT_MS = 250;

describe('RedisClock on a real Redis', () => {
  const cell = useTestRedis();

  it.each([0, 7_000, -3_600_000])('knows that a clock is %i ms ahead', async (ahead) => {
    const clock = new RedisClock(cell.redis, () => Date.now() + ahead);
    await clock.measure();
    expect(Math.abs(clock.skewMs() - ahead)).toBeLessThan(ABOUT_MS);
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(ABOUT_MS);
  });

  it('notices a clock that is set later without asking Redis again', async () => {
    let ahead = 0;
    const clock = new RedisClock(cell.redis, () => Date.now() + ahead);
    await clock.measure();
    ahead = 60_000;
    expect(Math.abs(clock.skewMs() - ahead)).toBeLessThan(ABOUT_MS);
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(ABOUT_MS);
  });

  it('says no time before it has looked', () => {
    expect(() => new RedisClock(cell.redis).now()).toThrow(/measure first/);
  });
});
