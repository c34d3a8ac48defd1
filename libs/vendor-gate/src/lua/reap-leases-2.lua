--[[
  Repairs calls of a cap whose lease is over: their caller died, or will settle late. One never sent holds nothing any more;
  one that was, or may have been, goes on counting, and is charged at the most it can cost until somebody knows better.

  KEYS  1 leases  2 cap
  ARGV  1 at most so many
  Returns {{ledger key, call id, 'free' | 'pending' | 'in_doubt'}..}
]]
local reservation = include('reservation')
local time = redis.call('TIME')
local now = math.max(time[1] * 1000 + math.floor(time[2] / 1000), tonumber(redis.call('HGET', KEYS[2], 'now') or 0))
local repaired = {}
for _, lease in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])) do
  local grant, ledger = string.match(lease, '^(%d+)#(.*)$')
  local call = redis.call('HGET', ledger, 'call_id')
  local became = reservation.lapse(ledger, grant, now)
  redis.call('ZREM', KEYS[1], lease)
  if became then repaired[#repaired + 1] = { ledger, call or '', became } end
end
return repaired
