import type { Exclusion } from '#libs/contracts';
import { aCompany } from '../../test/builders';
import { canonicalExclusion, compileExclusions, excludedMatch, type GivenExclusion } from './exclusion-list';

function entry(given: Omit<GivenExclusion, 'kind'>, kind: GivenExclusion['kind'] = 'customer'): Exclusion {
  const made = canonicalExclusion({ kind, ...given });
  if ('problem' in made) throw new Error(made.problem);
  return made;
}

describe('an entry of the exclusion list', () => {
  it('is the same entry in every spelling of its domain and name', () => {
    const { id } = entry({ domain: 'acme.com', name: 'Acme' });
    expect(entry({ domain: 'https://www.shop.ACME.com/de?x=1', name: ' ACME, Inc. ' }).id).toBe(id);
    expect(entry({ domain: 'acme.com' }).id).not.toBe(id);
    expect(entry({ domain: 'acme.com', name: 'Acme' }, 'competitor').id).toBe(id);
  });

  it.each([
    [{ domain: 'not a domain' }, /is no domain/],
    [{ domain: 'https://facebook.com/acme' }, /is no domain/],
    [{ name: '!!!' }, /is no name/],
    [{}, /give a domain, a name, or both/],
    [{ domain: ' ', name: null }, /give a domain, a name, or both/],
  ])('is refused with the reason: %j', (given, reason) => {
    expect(canonicalExclusion({ kind: 'other', ...given })).toEqual({
      problem: expect.stringMatching(reason) as string,
    });
  });
});

describe('the exclusion list', () => {
  it('hits a company by its domain, and by its name whatever its spelling and its website', () => {
    const find = compileExclusions([
      entry({ domain: 'globex.com' }),
      entry({ name: 'Müller & Söhne GmbH' }, 'competitor'),
    ]);
    expect(find(aCompany({ domain: 'globex.com', name: 'Else' }))?.domain).toBe('globex.com');
    for (const name of ['MÜLLER & SÖHNE', 'Mueller und Soehne KG']) {
      expect(find(aCompany({ domain: 'a.example', name, country: 'DE' }))?.kind).toBe('competitor');
    }
    expect(find(aCompany({ domain: null, name: 'Muller and Sohne', country: 'US' }))?.kind).toBe(
      'competitor',
    );
  });

  it('hits nobody whose domain or name only looks like one', () => {
    const find = compileExclusions([entry({ domain: 'globex.com' }), entry({ name: 'Acme' })]);
    expect(find(aCompany({ domain: 'notglobex.com', name: 'Acme Robotics' }))).toBeUndefined();
    expect(find(aCompany({ domain: null, name: null }))).toBeUndefined();
  });

  it('says what a company is excluded as', () => {
    const match = excludedMatch(entry({ domain: 'globex.com', name: 'Globex' }, 'competitor'));
    expect(match).toMatchObject({ matched: false, pre_score: 0 });
    expect(match.reasons.map(({ text }) => text)).toEqual(['excluded: competitor (Globex, globex.com)']);
  });
});
