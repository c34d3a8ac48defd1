--[[
  Writes a stream anew, entry by entry under the same ids, if nothing came in since it was read. Its TTL stays.

  KEYS  1 stream
  ARGV  1 id of the last entry read  2 entries read  3.. per entry: id, number of texts, field, value …
  Returns 1 written · 0 it has changed, nothing is written
]]
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if not last or last[1] ~= ARGV[1] or redis.call('XLEN', KEYS[1]) ~= tonumber(ARGV[2]) then return 0 end
local ttl = redis.call('PTTL', KEYS[1])
redis.call('DEL', KEYS[1])
local at = 3
while at <= #ARGV do
  local texts = tonumber(ARGV[at + 1])
  redis.call('XADD', KEYS[1], ARGV[at], unpack(ARGV, at + 2, at + 1 + texts))
  at = at + 2 + texts
end
if ttl > 0 then redis.call('PEXPIRE', KEYS[1], ttl) end
return 1
