--[[
  Reads fields of a run and its latest events at one moment.

  KEYS  1 run  2 events
  ARGV  1 events at most  2.. fields
  Returns {values of the fields, entries of the events, the latest first}
]]
return {
  redis.call('HMGET', KEYS[1], unpack(ARGV, 2)),
  redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', ARGV[1]),
}
