--[[
  A worker instance says it is alive and takes its place among the stage's workers; those long silent are dropped.

  KEYS  1 workers of the stage
  ARGV  1 instance ('' only counts)  2 silent for so many ms = gone
  Returns how many are alive
]]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
if ARGV[1] ~= '' then
  redis.call('ZADD', KEYS[1], now, ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[2] * 2)
end
return redis.call('ZCARD', KEYS[1])
