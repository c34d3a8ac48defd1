--[[
  Lengthens the lease of a call that is under way. Never shortens it.

  KEYS  1 ledger  2 leases  3 cap, then the sorted sets of the sliding windows
  ARGV  1 call id  2 grant number  3 lease ms, from now  4.. the windows (includes/windows.lua)
  Returns 1 extended · 0 the grant is over, or somebody else's
]]
local windows = include('windows')
local entry = redis.call('HMGET', KEYS[1], 'status', 'call_id', 'grant', 'expires_at')
if entry[1] ~= 'reserved' or entry[2] ~= ARGV[1] or entry[3] ~= ARGV[2] then return 0 end
local time = redis.call('TIME')
local now = math.max(time[1] * 1000 + math.floor(time[2] / 1000), tonumber(redis.call('HGET', KEYS[3], 'now') or 0))
local expires, lease = tonumber(entry[4]), tonumber(ARGV[3])
if expires <= now then return 0 end
if now + lease <= expires then return 1 end
redis.call('HSET', KEYS[1], 'expires_at', now + lease)
redis.call('ZADD', KEYS[2], 'XX', now + lease, ARGV[2] .. '#' .. KEYS[1])
local next_key = 4
for i = 4, #ARGV do
  local window = windows.given(ARGV[i])
  window.now = now
  if window.kind == 'sliding' then
    window.key, next_key = KEYS[next_key], next_key + 1
    windows.extend(window, ARGV[2], lease)
  end
end
return 1
