--[[
  Stores a schedule unless somebody else has changed it since it was read.

  KEYS  1 schedule  2 the tenant's schedules  3 schedules by when they are due
  ARGV  1 the version it was read with ('0': there must be none)  2 schedule  3 state  4 when it is to be looked at next, ms
        5 name  6 due member
  Returns 1 stored · 0 it has another version
]]
local version = redis.call('HGET', KEYS[1], 'version') or '0'
if version ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'schedule', ARGV[2], 'state', ARGV[3], 'version', version + 1)
redis.call('SADD', KEYS[2], ARGV[5])
redis.call('ZADD', KEYS[3], ARGV[4], ARGV[6])
return 1
