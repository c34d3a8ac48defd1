--[[
  Writes how a call ended: the ledger, the freed lease, the window units' end, the run's usage and the company's journal.
  A late settlement is accepted by its call id; a cost is never lost. Settling a grant twice changes nothing.

  KEYS  1 ledger  2 leases  3 run  4 company  5 cap  6.. windows of the cap
  ARGV  1 call id  2 'keep' (answer is kept) | 'free' (nothing was bought) | 'doubt' (sent, outcome unknown)
        3 result  4 result TTL ms  5 cost (micro-units)  6 vendor  7 units  8 '1': it was sent  9 grant number
        10 close the cap for ms ('0': leave it)  11 number of windows  12.. length ms of each window, then field, value of the company's journal
  Returns 1 settled · 0 it was settled before
]]
-- Once per grant, not per call: a command may reach Redis twice, and a call has a grant for every time it was sent.
local ended = 'e' .. ARGV[9]
local entry = redis.call('HMGET', KEYS[1], 'status', 'call_id', 'grant', ended)
if entry[4] == ARGV[1] then return 0 end
-- A newer grant, of this call or another, is not touched by how an older one ended.
local mine = entry[1] == 'reserved' and entry[2] == ARGV[1] and entry[3] == ARGV[9]

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[2] == 'keep' then
  redis.call('HSET', KEYS[1], 'status', 'settled', 'call_id', ARGV[1], 'result', ARGV[3], 'cost', ARGV[5], ended, ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
elseif entry[3] then
  redis.call('HSET', KEYS[1], ended, ARGV[1])
  if mine and ARGV[2] == 'free' then
    -- The hash stays: its grant number must never be used twice, or two sends would share one place in a window.
    redis.call('HDEL', KEYS[1], 'status')
  elseif mine then
    redis.call('HSET', KEYS[1], 'sent', '1', 'expires_at', now)
  end
end

local place = ARGV[1] .. '#' .. ARGV[9]
redis.call('ZREM', KEYS[2], place)
local windows = tonumber(ARGV[11])
for i = 1, windows do
  local length = tonumber(ARGV[11 + i])
  for unit = 1, tonumber(ARGV[7]) do
    local member = place .. '#' .. unit
    -- One more, since now is rounded down and the vendor's clock is not.
    if ARGV[8] == '1' then redis.call('ZADD', KEYS[5 + i], now + length + 1, member)
    else redis.call('ZREM', KEYS[5 + i], member) end
  end
  -- The window of a late settlement may have expired meanwhile, and been made anew just now.
  if ARGV[8] == '1' and redis.call('PTTL', KEYS[5 + i]) <= length then redis.call('PEXPIRE', KEYS[5 + i], length + 60000) end
end

local closeFor = tonumber(ARGV[10])
if closeFor > 0 then
  local until_ = math.max(now + closeFor, tonumber(redis.call('HGET', KEYS[5], 'closed_until') or 0))
  redis.call('HSET', KEYS[5], 'closed_until', until_)
  redis.call('PEXPIREAT', KEYS[5], until_)
end

if redis.call('EXISTS', KEYS[3]) == 1 then
  if ARGV[8] == '1' then redis.call('HINCRBY', KEYS[3], 'u:' .. ARGV[6] .. ':calls', 1) end
  if ARGV[5] ~= '0' then redis.call('HINCRBY', KEYS[3], 'u:' .. ARGV[6] .. ':cost', ARGV[5]) end
end
-- The journal of a company that has ended is what its score was computed from.
if redis.call('HGET', KEYS[4], 'state') == 'pending' then
  for i = 12 + windows, #ARGV, 2 do redis.call('HSET', KEYS[4], ARGV[i], ARGV[i + 1]) end
end
return 1
