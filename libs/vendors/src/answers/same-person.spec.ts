import { isSamePerson } from './same-person';

const isSame = (asked: [string, string], found: [string | null, string | null]) =>
  isSamePerson({ first_name: asked[0], last_name: asked[1] }, { first_name: found[0], last_name: found[1] });

describe('a person found', () => {
  it.each<[[string, string], [string, string]]>([
    [
      ['Ada', 'Lovelace'],
      ['ADA', 'lovelace'],
    ],
    [
      ['José', 'García'],
      ['Jose', 'Garcia'],
    ],
    [
      ['Jürgen', 'Groß'],
      ['Jurgen', 'Gross'],
    ],
    [
      ['Anna', 'Smith'],
      ['Anna Maria', 'Smith'],
    ],
    [
      ['Anna', 'Garcia Lopez'],
      ['Anna', 'Garcia'],
    ],
    [
      ['Jean-Pierre', 'Martin'],
      ['Jean Pierre', 'Martin'],
    ],
    [
      ['Sean', "O'Brien"],
      ['Sean', 'OBrien'],
    ],
    [
      ['Tim', 'Zheng'],
      ['Timothy', 'Zheng'],
    ],
    [
      ['J.', 'Doe'],
      ['Jane', 'Doe'],
    ],
    [
      ['Wei', 'Zhang'],
      ['Zhang', 'Wei'],
    ],
    [
      ['Юлия', 'Иванова'],
      ['юлия', 'иванова'],
    ],
  ])('asked for as %j is %j', (asked, found) => {
    expect(isSame(asked, found)).toBe(true);
  });

  it.each<[[string, string], [string | null, string | null]]>([
    [
      ['Ada', 'Lovelace'],
      ['Grace', 'Hopper'],
    ],
    [
      ['Ada', 'Lovelace'],
      ['Grace', 'Lovelace'],
    ],
    [
      ['Ada', 'Lovelace'],
      ['Ada', 'Hopper'],
    ],
    [
      ['Daniel', 'Smith'],
      ['Daniela', 'Smith'],
    ],
    [
      ['Jan', 'Smith'],
      ['Jane', 'Smith'],
    ],
    [
      ['Ada', 'Lovelace'],
      ['Ada', null],
    ],
    [
      ['Ada', 'Lovelace'],
      [null, 'Lovelace'],
    ],
    [
      ['Ada', 'Lovelace'],
      [null, null],
    ],
    [
      ['Ada', 'Lovelace'],
      ['Ada', 'L.'],
    ],
    [
      ['', ''],
      ['', ''],
    ],
    [
      ['Ada', ''],
      ['Ada', 'Lovelace'],
    ],
  ])('asked for as %j is not %j', (asked, found) => {
    expect(isSame(asked, found)).toBe(false);
  });
});
