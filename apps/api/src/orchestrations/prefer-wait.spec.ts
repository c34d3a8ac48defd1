import { preferredWait } from './prefer-wait';

describe('Prefer: wait', () => {
  it.each([
    ['wait=5', 5],
    ['WAIT = "5"', 5],
    ['respond-async, wait=10; foo=bar', 10],
    ['wait=999999999', 60],
    ['wait=0', 0],
    ['wait=3, wait=9', 3],
  ])('%s asks for %d s', (header, seconds) => {
    expect(preferredWait(header)).toBe(seconds);
  });

  it.each([undefined, '', 'wait', 'wait=', 'wait=1.5', 'wait=-1', 'await=5', 'x=wait=5'])(
    '%s asks for nothing',
    (header) => {
      expect(preferredWait(header)).toBeUndefined();
    },
  );
});
