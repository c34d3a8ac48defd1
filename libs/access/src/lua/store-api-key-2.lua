--[[
  Stores a new key of a tenant.

  KEYS  1 key's record  2 tenant's keys
  ARGV  1 key's id  2 ms until it ends ('': never)  3 ms a record is kept after its end  4.. field, value of the record
  Returns 1
]]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i = 4, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('HSET', KEYS[1], 'created_at', now)
if ARGV[2] ~= '' then
  redis.call('HSET', KEYS[1], 'lifetime_ms', ARGV[2], 'ends_at', now + tonumber(ARGV[2]))
  redis.call('PEXPIREAT', KEYS[1], now + tonumber(ARGV[2]) + tonumber(ARGV[3]))
end
redis.call('ZADD', KEYS[2], now, ARGV[1])
return 1
