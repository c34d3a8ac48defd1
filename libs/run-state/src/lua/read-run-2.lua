--[[
  Reads what is shown of a run and its latest events at one moment.

  KEYS  1 run  2 events
  ARGV  1 events at most
  Returns a JSON list: the values of the fields that `SHOWN_FIELDS` of run-snapshots names, then an entry per event, the latest first

  The fields stand here since naming them in every call costs both ends more than reading them; and the reply is one text, since
  a list of texts costs its reader several times as much.
]]
local shown = redis.call('HMGET', KEYS[1], 'run_id', 'thread_id', 'source', 'state', 'pause_reason', 'phase', 'message', 'updated_at',
  'problem', 'created_at', 'started_at', 'finished_at', 'candidates', 'done', 'failed', 'event_seq', 'output')
for _, entry in ipairs(redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', ARGV[1])) do shown[#shown + 1] = entry end
return cjson.encode(shown)
