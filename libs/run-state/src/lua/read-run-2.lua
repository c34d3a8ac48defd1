--[[
  Reads what is shown of a run and its latest events at one moment.

  KEYS  1 run  2 events
  ARGV  1 events at most
  Returns {values of the fields that `SHOWN_FIELDS` of run-snapshots names, entries of the events, the latest first}

  The fields stand here since naming them in every call costs both ends more than reading them.
]]
return {
  redis.call('HMGET', KEYS[1], 'run_id', 'thread_id', 'source', 'state', 'pause_reason', 'phase', 'message', 'updated_at',
    'problem', 'created_at', 'started_at', 'finished_at', 'candidates', 'done', 'failed', 'event_seq', 'output'),
  redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', ARGV[1]),
}
