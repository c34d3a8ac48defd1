--[[
  May this call be made now? Checks everything first and takes (lease, window units, ledger placeholder) only if all pass.

  KEYS  1 run  2 ledger  3 cap  4 leases  5.. windows of the cap
  ARGV  1 call id  2 lease ms  3 send within ms  4 concurrency  5 '1': an earlier attempt in doubt may be repeated
        6 units  7 ms the placeholder is kept  8.. per window: limit, length ms
  Returns {'stop', 'paused' | 'cancelled'} · {'cached', result, what it cost} · {'in_flight', ms} · {'in_doubt', call id}
          {'denied', reason} · {'wait', ms, reason} · {'granted', grant number}
]]
-- In milliseconds of the clock: a busy cap is swept often, and an idle one's keys expire.
local SWEEP_ONCE_IN = 16

local state = redis.call('HGET', KEYS[1], 'state')
if state == 'paused' then return {'stop', 'paused'} end
if state ~= 'running' and state ~= 'queued' then return {'stop', 'cancelled'} end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local call = ARGV[1]
local units = tonumber(ARGV[6])

local entry = redis.call('HMGET', KEYS[2], 'status', 'call_id', 'expires_at', 'sent', 'result', 'grant', 'cost')
if entry[1] == 'settled' then return {'cached', entry[5], entry[7] or '0'} end
if entry[1] == 'reserved' then
  local left = tonumber(entry[3]) - now
  if entry[4] == '1' then
    -- Sent by somebody, perhaps by this very call before its process died: nobody may send until its lease is over.
    if left > 0 then return {'in_flight', left} end
    if ARGV[5] ~= '1' then return {'in_doubt', entry[2]} end
  elseif entry[2] ~= call and left > 0 then
    return {'in_flight', left}
  end
end

local closed = tonumber(redis.call('HGET', KEYS[3], 'closed_until') or 0)
if closed > now then return {'wait', closed - now, 'closed'} end

-- What this call took before its reply was lost must not count against it. What it sent does count, and a repeatable
-- call is never marked as sent, so it may have been.
local unsent = entry[1] == 'reserved' and entry[4] ~= '1' and ARGV[5] ~= '1'
local stale = unsent and entry[2] == call and call .. '#' .. entry[6]
if stale then
  redis.call('ZREM', KEYS[4], stale)
  for i = 5, #KEYS do
    for unit = 1, units do redis.call('ZREM', KEYS[i], stale .. '#' .. unit) end
  end
end
-- What is over is passed over by counting; it is swept out now and then, below.
local busy = '(' .. now
if redis.call('ZCOUNT', KEYS[4], busy, '+inf') >= tonumber(ARGV[4]) then
  local first = redis.call('ZRANGEBYSCORE', KEYS[4], busy, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
  -- A place frees when a call settles, long before its lease ends; ask again soon.
  return {'wait', math.max(1, math.min(100, tonumber(first[2]) - now)), 'concurrency'}
end

for i = 5, #KEYS do
  local limit = tonumber(ARGV[8 + (i - 5) * 2])
  if units > limit then return {'denied', 'never'} end
  local excess = redis.call('ZCOUNT', KEYS[i], busy, '+inf') + units - limit
  if excess > 0 then
    local freed = redis.call('ZRANGEBYSCORE', KEYS[i], busy, '+inf', 'WITHSCORES', 'LIMIT', excess - 1, 1)
    -- A unit whose call is still under way is free one length after it settles, long before its lease would end.
    local left = math.min(tonumber(freed[2]) - now, tonumber(ARGV[9 + (i - 5) * 2]))
    return {'wait', math.max(1, left), 'window'}
  end
end

-- Calls of one cap may have different leases: a shorter one must not make Redis forget a longer one. A minute more, so
-- that a busy cap's keys need a new time to live once a minute and not once a call.
local function keep(key, ms)
  if redis.call('PTTL', key) < ms then redis.call('PEXPIRE', key, ms + 60000) end
end

local lease = tonumber(ARGV[2])
local grant = tonumber(entry[6] or 0) + 1
local member = call .. '#' .. grant
if now % SWEEP_ONCE_IN == 0 then
  for i = 4, #KEYS do redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now) end
end
redis.call('ZADD', KEYS[4], now + lease, member)
keep(KEYS[4], lease * 2)
for i = 5, #KEYS do
  local length = tonumber(ARGV[9 + (i - 5) * 2])
  -- Until it settles, a unit is taken to leave the window one length after the last moment it could have been sent.
  for unit = 1, units do redis.call('ZADD', KEYS[i], now + lease + length, member .. '#' .. unit) end
  keep(KEYS[i], lease + length * 2)
end
redis.call('HSET', KEYS[2], 'status', 'reserved', 'call_id', call, 'sent', '0', 'expires_at', now + lease,
  'send_by', now + tonumber(ARGV[3]), 'grant', grant)
redis.call('PEXPIRE', KEYS[2], ARGV[7])
return {'granted', grant}
