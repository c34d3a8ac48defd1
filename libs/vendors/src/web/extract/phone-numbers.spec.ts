import { canonicalNumber, phoneNumbers } from './phone-numbers';

describe('phone numbers in a text', () => {
  it.each([
    ['Call +1 212 555-0123 now', ['+12125550123']],
    ['+1 (212) 555-0123', ['+12125550123']],
    ['+44 20 7946 0958 / +44 20 7946 0959', ['+442079460958', '+442079460959']],
    ['+49 (0)30 901820', ['+4930901820']],
    ['+33\u00a01\u00a023\u00a045\u00a067\u00a089', ['+33123456789']],
    ['+1.212.555.0123, +1-212-555-0123', ['+12125550123']],
    ['tel:+12125550123', ['+12125550123']],
  ])('of %j are %j', (text, expected) => {
    expect(phoneNumbers(text)).toEqual(expected);
  });

  it.each([
    '212 555 0123',
    '2024-01-01',
    '+1',
    '+1 23',
    'C++11 and C++14',
    '1+1=2',
    '+ 1 212 555 0123',
    `+${'1'.repeat(40)}`,
    '$1,234,567.89',
  ])('of %j are none', (text) => {
    expect(phoneNumbers(text)).toEqual([]);
  });
});

describe('a number of any spelling', () => {
  it.each([
    ['(212) 555-0123', '2125550123'],
    [' +1 212 555 0123 ', '+12125550123'],
    ['+49(0)30 901820', '+4930901820'],
    ['1'.repeat(15), '1'.repeat(15)],
  ])('%j is %j', (written, number) => {
    expect(canonicalNumber(written)).toBe(number);
  });

  it.each(['', 'call us', '12345', '+123456', '1'.repeat(16)])('%j is none', (written) => {
    expect(canonicalNumber(written)).toBeNull();
  });
});
