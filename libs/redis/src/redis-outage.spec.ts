import { isRedisOutage } from './redis-outage';

const coded = (code: string): Error => Object.assign(new Error('connect'), { code });

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
