import { maskSecrets } from './mask-secrets';

describe('maskSecrets', () => {
  it.each([
    ['authorization: Bearer abcdef123456', 'authorization: Bearer [redacted]'],
    ['key sk-proj-abcdefgh12', 'key [redacted]'],
    ['lg_live_7f3a_0123456789abcdef', '[redacted]'],
    ['GET /v2?domain=a.com&api_key=topsecret&x=1', 'GET /v2?domain=a.com&api_key=[redacted]&x=1'],
    ['redis://default:pa55@10.0.0.1:6379', 'redis://default:[redacted]@10.0.0.1:6379'],
    ['sent to jane.doe@acme.co.uk today', 'sent to j***@acme.co.uk today'],
    ['run_start tenant acme', 'run_start tenant acme'],
  ])('%s', (line, masked) => {
    expect(maskSecrets(line)).toBe(masked);
  });

  it('stays linear on a hostile megabyte', () => {
    const started = performance.now();
    maskSecrets('a@'.repeat(250_000) + '.a'.repeat(250_000));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
