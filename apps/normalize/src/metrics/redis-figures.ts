import { leaderSample, type LeaderSample } from '#libs/observability';

/** What Redis tells of itself in INFO, sections memory and persistence: also where CONFIG is forbidden. */
export function redisFigures(info: string): LeaderSample[] {
  const said = (field: string): string | undefined => new RegExp(`^${field}:(\\S+)`, 'm').exec(info)?.[1];
  const maxBytes = Number(said('maxmemory') ?? 0);
  const usedRatio = maxBytes > 0 ? Number(said('used_memory') ?? 0) / maxBytes : 0;
  // What a service does not tell is believed; that nothing is written is not.
  const wentWell = ['aof_last_write_status', 'aof_last_bgrewrite_status', 'rdb_last_bgsave_status'].every(
    (field) => (said(field) ?? 'ok') === 'ok',
  );
  const isPersistent = said('aof_enabled') === '1' && wentWell;
  const isKept = (said('maxmemory_policy') ?? 'noeviction') === 'noeviction';
  return [
    leaderSample('leadgen_redis_memory_used_ratio', {}, usedRatio),
    leaderSample('leadgen_redis_persistence_ok', {}, isPersistent ? 1 : 0),
    leaderSample('leadgen_redis_noeviction', {}, isKept ? 1 : 0),
  ];
}
