import { redisFigures } from './redis-figures';

/** What INFO says, section memory and persistence, of a Redis as it should be; some lines replaced. */
function info(replaced: Readonly<Record<string, string | null>> = {}): string {
  const said: Readonly<Record<string, string | null>> = {
    used_memory: '250',
    maxmemory: '1000',
    maxmemory_policy: 'noeviction',
    aof_enabled: '1',
    aof_last_write_status: 'ok',
    aof_last_bgrewrite_status: 'ok',
    rdb_last_bgsave_status: 'ok',
    ...replaced,
  };
  const lines = Object.entries(said).flatMap(([field, value]) =>
    value === null ? [] : [`${field}:${value}`],
  );
  return `# Memory\r\n${lines.join('\r\n')}\r\n`;
}

function told(text: string): Record<string, number> {
  return Object.fromEntries(
    redisFigures(text).map(({ name, value }) => [name.replace('leadgen_redis_', ''), value]),
  );
}

describe('what Redis tells of itself', () => {
  it('is how full it is, that it writes down what it has, and that it drops nothing', () => {
    expect(told(info())).toEqual({ memory_used_ratio: 0.25, persistence_ok: 1, noeviction: 1 });
  });

  it('is no share of a limit where there is none', () => {
    expect(told(info({ maxmemory: '0' })).memory_used_ratio).toBe(0);
  });

  it.each([
    ['the append-only file is off', { aof_enabled: '0' }],
    ['its last write failed', { aof_last_write_status: 'err' }],
    ['its last rewrite failed', { aof_last_bgrewrite_status: 'err' }],
    ['the last snapshot failed', { rdb_last_bgsave_status: 'err' }],
    ['it says nothing of an append-only file', { aof_enabled: null }],
  ])('is not well where %s', (_, replaced) => {
    expect(told(info(replaced)).persistence_ok).toBe(0);
  });

  it('is a warning where keys may be dropped, be there a limit at present or not', () => {
    expect(told(info({ maxmemory_policy: 'allkeys-lru' })).noeviction).toBe(0);
    expect(told(info({ maxmemory_policy: 'volatile-ttl', maxmemory: '0' })).noeviction).toBe(0);
    // A service that does not say is believed.
    expect(told(info({ maxmemory_policy: null })).noeviction).toBe(1);
  });
});
