--[[
  The instant before the request is written. Refused when the grant is stale: another attempt holds the call now, or
  this one slept past its time to send.

  KEYS  1 ledger  2 cap
  ARGV  1 call id  2 grant number  3 send within ms
  Returns 1 send now · 0 somebody else's by now · -1 too late: to be given back
]]
local entry = redis.call('HMGET', KEYS[1], 'status', 'call_id', 'grant', 'g' .. ARGV[2])
if entry[1] ~= 'reserved' or entry[2] ~= ARGV[1] or entry[3] ~= ARGV[2] or not entry[4] then return 0 end
local time = redis.call('TIME')
local now = math.max(time[1] * 1000 + math.floor(time[2] / 1000), tonumber(redis.call('HGET', KEYS[2], 'now') or 0))
if now > tonumber(string.match(entry[4], '^%d+')) + tonumber(ARGV[3]) then return -1 end
redis.call('HSET', KEYS[1], 'sent', '1')
return 1
