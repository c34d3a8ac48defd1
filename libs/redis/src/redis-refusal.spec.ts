import { refusalOf } from './redis-refusal';

const AT = '127.0.0.1:6379';
const coded = (message: string, code: string): Error => Object.assign(new Error(message), { code });

describe('what no waiting mends about a Redis', () => {
  it.each([
    [
      new Error('WRONGPASS invalid username-password pair or user is disabled.'),
      /does not take the password/,
    ],
    [new Error('ERR invalid password'), /does not take the password/],
    [new Error('NOAUTH Authentication required.'), /asks for a password, and REDIS_URL has none/],
    [
      coded('write EPROTO 80:error:wrong version number\nmore', 'EPROTO'),
      /does not speak TLS .*write redis:\/\//,
    ],
    [coded('wrong version number', 'ERR_SSL_WRONG_VERSION_NUMBER'), /does not speak TLS/],
  ])('%s', (error, fix) => {
    const refusal = refusalOf(error, AT);
    expect(refusal).toMatchObject({ code: 'config_invalid', message: expect.stringMatching(fix) });
    expect(refusal?.message).toContain(`Redis at ${AT}`);
    expect(refusal?.message).not.toContain('\n');
  });

  it.each([
    coded('connect ECONNREFUSED', 'ECONNREFUSED'),
    new Error('LOADING Redis is loading the dataset in memory'),
    new Error('Connection is closed.'),
  ])('is not %s', (error) => {
    expect(refusalOf(error, AT)).toBeUndefined();
  });
});
