--[[
  Stores the next key in place of one that is still good, with its tenant and scopes; the old one ends after the overlap, or
  as it would have.

  KEYS  1 old key's record  2 new key's record  3 tenant's keys
  ARGV  1 tenant whose key it must be  2 new key's id  3 its environment  4 its secret's hash  5 overlap, ms
        6 ms until the new one ends ('': as long after its creation as the old one after its own)
        7 ms a record is kept after its end
  Returns {1, when the old one ends} · {0} the old one has ended · {-1} the tenant has no such key
]]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local old = redis.call('HMGET', KEYS[1], 'tenant_id', 'scopes', 'ends_at', 'lifetime_ms')
if old[1] ~= ARGV[1] then return {-1} end
local ends = tonumber(old[3])
if ends and ends <= now then return {0} end

local lifetime = ARGV[6] ~= '' and ARGV[6] or old[4]
redis.call('HSET', KEYS[2], 'tenant_id', ARGV[1], 'scopes', old[2], 'environment', ARGV[3], 'secret_hash', ARGV[4],
  'created_at', now)
if lifetime then
  redis.call('HSET', KEYS[2], 'lifetime_ms', lifetime, 'ends_at', now + tonumber(lifetime))
  redis.call('PEXPIREAT', KEYS[2], now + tonumber(lifetime) + tonumber(ARGV[7]))
end
redis.call('ZADD', KEYS[3], now, ARGV[2])

local over = now + tonumber(ARGV[5])
if not ends or over < ends then ends = over end
redis.call('HSET', KEYS[1], 'ends_at', ends)
redis.call('PEXPIREAT', KEYS[1], ends + tonumber(ARGV[7]))
return {1, ends}
