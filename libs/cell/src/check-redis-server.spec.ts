import { redisWarnings } from './check-redis-server';

describe('what is said of a Redis’s settings when a process boots', () => {
  it.each<[string, Parameters<typeof redisWarnings>[0], RegExp[]]>([
    ['as they should be: nothing', { policy: 'noeviction', appendOnly: 'yes' }, []],
    [
      'that evict',
      { policy: 'allkeys-lru', appendOnly: 'yes' },
      [/may evict runs \(maxmemory-policy allkeys-lru\)/],
    ],
    ['of memory only', { policy: 'noeviction', appendOnly: 'no' }, [/set appendonly yes/]],
    [
      'that are not shown: what could not be checked',
      { policy: undefined, appendOnly: undefined },
      [/does not show maxmemory-policy and appendonly: look in the console/],
    ],
  ])('%s', (_what, settings, warnings) => {
    expect(redisWarnings(settings)).toEqual(
      warnings.map((warning) => expect.stringMatching(warning) as unknown),
    );
  });
});
