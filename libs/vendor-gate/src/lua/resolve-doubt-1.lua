--[[
  A person, or a rule, says how a call of unknown outcome ended. Bought: its charge stands and the purchase is not made again.
  Not bought: the charge is taken back and the purchase may be made.

  KEYS  1 ledger
  ARGV  1 'bought' | 'not_bought'
  Returns {number of doubts resolved, micro-units taken back}
]]
local reservation = include('reservation')
local fields = redis.call('HGETALL', KEYS[1])
local resolved, refunded, status = 0, 0, nil
for i = 1, #fields, 2 do
  local grant = string.match(fields[i], '^d(%d+)$')
  if fields[i] == 'status' then status = fields[i + 1] end
  if grant then
    local held = reservation.read(fields[i + 1])
    if ARGV[1] == 'not_bought' then
      reservation.charge(held, 0, -held.max)
      reservation.count(held, 0, -held.max)
      refunded = refunded + held.max
      redis.call('HDEL', KEYS[1], fields[i])
    end
    -- What stays charged is remembered: should its settlement still come, only the difference is due.
    redis.call('ZREM', held.doubts, KEYS[1])
    resolved = resolved + 1
  end
end
if status == 'doubt' and ARGV[1] == 'bought' then redis.call('HSET', KEYS[1], 'status', 'bought')
elseif status == 'doubt' then redis.call('HDEL', KEYS[1], 'status') end
return { resolved, refunded }
