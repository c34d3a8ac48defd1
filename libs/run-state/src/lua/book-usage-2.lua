--[[
  Adds what vendors did for a run since the last time it was booked to the tenant's day, each call once; of a simulated run
  apart from what was paid for.

  KEYS  1 run  2 the tenant's usage of a month
  ARGV  1 day  2 TTL of the usage, s
  Returns the number of figures that changed
]]
local COUNTED = { calls = true, cached = true, cost = true, saved = true }
local fields = redis.call('HGETALL', KEYS[1])
local booked, changed, how = {}, 0, ''
for i = 1, #fields, 2 do
  local of = string.match(fields[i], '^booked:(.*)$')
  if of then booked[of] = tonumber(fields[i + 1]) end
  if fields[i] == 'plan' and cjson.decode(fields[i + 1]).simulated == true then how = ':simulated' end
end
for i = 1, #fields, 2 do
  local vendor, counter = string.match(fields[i], '^u:([^:]+):([a-z]+)$')
  if vendor and COUNTED[counter] then
    local of, now = vendor .. ':' .. counter, tonumber(fields[i + 1])
    local since = now - (booked[of] or 0)
    if since ~= 0 then
      redis.call('HINCRBY', KEYS[2], ARGV[1] .. ':' .. of .. how, since)
      redis.call('HSET', KEYS[1], 'booked:' .. of, now)
      changed = changed + 1
    end
  end
end
if changed > 0 then redis.call('EXPIRE', KEYS[2], ARGV[2]) end
return changed
