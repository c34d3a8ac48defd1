import { siteHost } from './site-host';

describe('the website that a Host names', () => {
  it.each([
    ['acme.example', 'acme.example'],
    ['ACME.example:8080', 'acme.example'],
    ['acme.example.', 'acme.example'],
    ['xn--mnchen-3ya.de', 'xn--mnchen-3ya.de'],
  ])('%s is %s', (host, name) => {
    expect(siteHost(host)).toBe(name);
  });

  it.each([
    undefined,
    '',
    '127.0.0.1',
    '127.0.0.1:9',
    'localhost',
    'localhost:9',
    'simulator:4700',
    '[::1]',
    '[::1]:9',
  ])('%s is the simulator itself', (host) => {
    expect(siteHost(host)).toBeNull();
  });
});
