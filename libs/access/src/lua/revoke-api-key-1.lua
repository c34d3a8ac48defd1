--[[
  Ends a key at once.

  KEYS  1 key's record
  ARGV  1 tenant whose key it must be  2 ms a record is kept after its end
  Returns 1 revoked · 0 it had ended before · -1 the tenant has no such key
]]
if redis.call('HGET', KEYS[1], 'tenant_id') ~= ARGV[1] then return -1 end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ends = redis.call('HGET', KEYS[1], 'ends_at')
if ends and tonumber(ends) <= now then return 0 end
redis.call('HSET', KEYS[1], 'ends_at', now, 'revoked_at', now)
redis.call('PEXPIREAT', KEYS[1], now + tonumber(ARGV[2]))
return 1
