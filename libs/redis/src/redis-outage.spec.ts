import { isRedisFull, isRedisOutage } from './redis-outage';

const coded = (code: string): Error => Object.assign(new Error('connect'), { code });

const OOM = "OOM command not allowed when used memory > 'maxmemory'.";
const DISCARDED = new Error('EXECABORT Transaction discarded because of previous errors.');

describe('telling a full Redis from one that cannot be reached', () => {
  it.each([
    new Error(OOM),
    new Error(`${OOM} script: 2c1, on @user_script:12.`),
    new Error(`ERR Error running script (call to f_2c1): @user_script:12: @user_script: 12: -${OOM}`),
    Object.assign(DISCARDED, { previousErrors: [new Error(OOM)] }),
  ])('%s is a full one, and so an outage', (error) => {
    expect(isRedisFull(error)).toBe(true);
    expect(isRedisOutage(error)).toBe(true);
  });

  it.each([
    new Error('Connection is closed.'),
    new Error('EXECABORT Transaction discarded because of previous errors.'),
    new Error('LOADING Redis is loading the dataset in memory'),
    new Error('the file says OOM in the middle'),
  ])('%s is none', (error) => {
    expect(isRedisFull(error)).toBe(false);
  });
});

describe('telling an outage of Redis from an error of ours', () => {
  it.each([
    coded('ECONNREFUSED'),
    coded('EAI_AGAIN'),
    new Error('Connection is closed.'),
    new Error('Command timed out'),
    new Error(
      'Reached the max retries per request limit (which is 1). Refer to "maxRetriesPerRequest" option.',
    ),
    new Error("Stream isn't writeable and enableOfflineQueue options is false"),
    new Error('LOADING Redis is loading the dataset in memory'),
    new Error("READONLY You can't write against a read only replica."),
    new Error("OOM command not allowed when used memory > 'maxmemory'."),
  ])('%s is one: the same command may succeed later', (error) => {
    expect(isRedisOutage(error)).toBe(true);
  });

  it.each([
    new Error('WRONGTYPE Operation against a key holding the wrong kind of value'),
    new Error('ERR unknown command'),
    new TypeError('Cannot read properties of undefined'),
    new Error('the file says OOM in the middle'),
    coded('ENOSPC'),
  ])('%s is none', (error) => {
    expect(isRedisOutage(error)).toBe(false);
  });
});
