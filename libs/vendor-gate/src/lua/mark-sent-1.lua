--[[
  The instant before the request is written. Refused when the grant is stale: another attempt holds the call now, or
  this one slept past its time to send.

  KEYS  1 ledger
  ARGV  1 call id  2 grant number
  Returns 1 send now · 0 do not send
]]
local entry = redis.call('HMGET', KEYS[1], 'status', 'call_id', 'grant', 'send_by')
if entry[1] ~= 'reserved' or entry[2] ~= ARGV[1] or entry[3] ~= ARGV[2] then return 0 end
local time = redis.call('TIME')
if time[1] * 1000 + math.floor(time[2] / 1000) > tonumber(entry[4]) then return 0 end
redis.call('HSET', KEYS[1], 'sent', '1')
return 1
