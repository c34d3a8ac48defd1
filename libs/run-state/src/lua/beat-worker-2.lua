--[[
  A worker instance says it is alive, and by how much its clock is ahead of this one, and takes its place among the stage's
  workers; those long silent are dropped.

  KEYS  1 workers of the stage  2 skews of their clocks
  ARGV  1 instance ('' only counts)  2 silent for so many ms = gone  3 skew ms
  Returns how many are alive
]]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])) do
  redis.call('ZREM', KEYS[1], gone)
  redis.call('HDEL', KEYS[2], gone)
end
if ARGV[1] ~= '' then
  redis.call('ZADD', KEYS[1], now, ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[2] * 2)
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
  redis.call('PEXPIRE', KEYS[2], ARGV[2] * 2)
end
return redis.call('ZCARD', KEYS[1])
