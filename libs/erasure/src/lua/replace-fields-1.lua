--[[
  Changes fields of a hash if they are what was read; what else stands in it, and its TTL, stays.

  KEYS  1 hash
  ARGV  1 number of fields read  2.. field, value as read; then number of fields to drop, these; then field, new value
  Returns 1 changed · 0 somebody else changed one of them meanwhile, nothing is written
]]
local at = 2
for _ = 1, tonumber(ARGV[1]) do
  if redis.call('HGET', KEYS[1], ARGV[at]) ~= ARGV[at + 1] then return 0 end
  at = at + 2
end
local dropped = tonumber(ARGV[at])
at = at + 1
for _ = 1, dropped do
  redis.call('HDEL', KEYS[1], ARGV[at])
  at = at + 1
end
while at < #ARGV do
  redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1])
  at = at + 2
end
return 1
