--[[
  A person, or a rule, says how a call of unknown outcome ended. Bought: its charge stands and the purchase is not made again.
  Not bought: the charge is taken back and the purchase may be made. Once: whoever comes later is told how it was resolved.

  KEYS  1 ledger  2 how this doubt was resolved
  ARGV  1 'bought' | 'not_bought'  2 how long that is remembered, s
  Returns {'bought' | 'not_bought', micro-units taken back, 1: it had been resolved before}
]]
local reservation = include('reservation')
local before = redis.call('HMGET', KEYS[2], 'verdict', 'refunded')
if before[1] then return { before[1], tonumber(before[2]), 1 } end
local fields = redis.call('HGETALL', KEYS[1])
local refunded, status = 0, nil
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
  end
end
if status == 'doubt' and ARGV[1] == 'bought' then redis.call('HSET', KEYS[1], 'status', 'bought')
elseif status == 'doubt' then redis.call('HDEL', KEYS[1], 'status') end
redis.call('HSET', KEYS[2], 'verdict', ARGV[1], 'refunded', refunded)
redis.call('EXPIRE', KEYS[2], ARGV[2])
return { ARGV[1], refunded, 0 }
