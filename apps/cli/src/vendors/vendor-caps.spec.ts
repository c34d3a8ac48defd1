import { UNTUNED } from '#libs/vendor-gate';
import { aStanding } from '../../test/vendor-state';
import { listedCaps, namedCap, type VendorsView } from './vendor-caps';

const view = (more: Partial<VendorsView> = {}): VendorsView => ({
  standings: [aStanding('sonar'), aStanding('radar')],
  seen: [],
  offline: false,
  tuning: UNTUNED,
  ...more,
});

describe('the cap that a person means', () => {
  it.each<[word: string, more: Partial<VendorsView>, cap: string]>([
    ['sonar', {}, 'sonar'],
    ['sonar', { offline: true }, 'sim-sonar'],
    ['sonar', { seen: ['sim-sonar'] }, 'sim-sonar'],
    ['sonar', { seen: ['sim-sonar', 'sonar'] }, 'sonar'],
    ['sonar', { seen: ['sim-radar'] }, 'sim-sonar'],
    ['sonar', { seen: ['sim-radar', 'radar'] }, 'sonar'],
    ['sim-sonar', { seen: ['sonar'] }, 'sim-sonar'],
  ])('by %s, %j, is %s', (word, more, cap) => {
    expect(namedCap('--vendor', word, view(more)).cap.id).toBe(cap);
  });

  it('can be asked if the simulator was, whatever keys this shell has', () => {
    const standings = [aStanding('sonar', 'set VENDOR_SONAR_API_KEY')];
    const usable = (seen: string[]): boolean =>
      namedCap('--vendor', 'sonar', view({ standings, seen })).standing.usable;
    expect(usable(['sim-sonar'])).toBe(true);
    expect(usable(['sonar'])).toBe(false);
    expect(usable(['sim-radar'])).toBe(false);
  });

  it.each([
    ['sonra', /--vendor "sonra": give one of sonar, radar/],
    ['', /--vendor "": give one of/],
    [undefined, /which vendor\? pass --vendor with one of sonar, radar/],
  ])('is asked for when it is %j', (word, message) => {
    expect(() => namedCap('--vendor', word, view())).toThrow(message);
  });
});

describe('the list of caps', () => {
  it('has each vendor once, and twice one that was asked both really and simulated', () => {
    const ids = listedCaps(view({ seen: ['sonar', 'sim-sonar', 'sim-radar'] })).map(({ cap }) => cap.id);
    expect(ids).toEqual(['sonar', 'sim-sonar', 'sim-radar']);
  });
});
