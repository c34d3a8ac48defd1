import { serverOptions } from './server-options';

describe('where a Redis is', () => {
  it('is its URL, as it stands', () => {
    for (const url of ['redis://:pass@10.0.0.7:6379/2', 'rediss://redis.example.com'])
      expect(serverOptions(url)).toEqual({ url });
  });

  it('is asked of one Sentinel, at its usual port', () => {
    expect(serverOptions('redis+sentinel://leadgen-redis-sentinel/leadgen')).toMatchObject({
      sentinels: [{ host: 'leadgen-redis-sentinel', port: 26_379 }],
      name: 'leadgen',
      failoverDetector: true,
    });
  });

  it('is asked of several, with Redis’s password and theirs, and a database', () => {
    const url =
      'redis+sentinel://app:p%40ss@one:5000/main/3?sentinel=two:5001&sentinel=[::1]:5002&sentinel_password=s%26s';
    expect(serverOptions(url)).toMatchObject({
      sentinels: [
        { host: 'one', port: 5000 },
        { host: 'two', port: 5001 },
        { host: '::1', port: 5002 },
      ],
      name: 'main',
      failoverDetector: true,
      username: 'app',
      password: 'p@ss',
      sentinelPassword: 's&s',
      db: 3,
    });
  });
});
