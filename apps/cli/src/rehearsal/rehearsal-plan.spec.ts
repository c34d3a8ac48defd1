import type { VendorDescriptor } from '#libs/vendors';
import { rehearsalPlan, type RawRehearsal } from './rehearsal-plan';

const SONAR = {
  id: 'sonar',
  auth: 'bearer',
  cap: { concurrency: 1, windows: [{ name: 'minute', kind: 'anchored', limit: 1, lengthMs: 1 }] },
  services: [{ op: 'find_email' }, { op: 'verify_email' }],
} as unknown as VendorDescriptor;
const RADAR = { ...SONAR, id: 'radar', services: [{ op: 'verify_email' }] } as unknown as VendorDescriptor;
const WEB = { ...SONAR, id: 'open', auth: 'none' } as VendorDescriptor;

const plan = (more: Partial<RawRehearsal> = {}): ReturnType<typeof rehearsalPlan> =>
  rehearsalPlan({ vendor: 'sonar', cap: '20', window: '60s', tenants: '1', timeout: '600', ...more }, [
    SONAR,
    RADAR,
    WEB,
  ]);

describe('a rehearsal', () => {
  it('has companies enough to fill its cap twice, and counts as the vendor does', () => {
    expect(plan()).toEqual({
      vendor: 'sonar',
      op: 'find_email',
      waterfalls: { find_email: ['sonar'], verify_email: ['radar'] },
      cap: 20,
      windowMs: 60_000,
      kind: 'anchored',
      companies: 50,
      tenants: 1,
      timeoutMs: 600_000,
    });
  });

  it.each([
    ['500ms', 500],
    ['2m', 120_000],
    ['1h', 3_600_000],
  ])('takes a window of %s', (window, ms) => {
    expect(plan({ window }).windowMs).toBe(ms);
  });

  it.each<[Partial<RawRehearsal>, string]>([
    [{ vendor: 'nobody' }, '--vendor "nobody": give one of sonar, radar'],
    [{ vendor: 'open' }, '--vendor "open": give one of sonar, radar'],
    [{ vendor: undefined }, 'which vendor? pass --vendor with one of sonar, radar'],
    [{ cap: undefined }, 'pass --cap <n>'],
    [{ cap: '0' }, '--cap "0": give a whole number from 1'],
    [{ cap: '1.5' }, '--cap "1.5"'],
    [{ window: '0s' }, '--window "0s": give a duration like 60s'],
    [{ window: '60' }, '--window "60": give a duration like 60s'],
    [{ window: '2h' }, '--window "2h"'],
    [{ companies: '-1' }, '--companies "-1"'],
    [{ tenants: '11' }, '--tenants "11": give a whole number from 1 to 10'],
  ])('refuses %j', (more, message) => {
    expect(() => plan(more)).toThrow(message);
  });
});
